"""The shop that the pictures show: the demo shop, an order of each kind that the manual speaks of, and a mail service
on this machine that takes every mail and sends none.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
KEY = "pictures"
PROMISES = {
    "sender_address": "4 rue du Four\n69005 Lyon",
    "sender_country": "FR",
    "legal_lines": "Chez Élise SARL · RCS Lyon 000 000 000 · TVA FR00 000000000",
    "pickup_place": "4 rue du Four, 69005 Lyon",
    "pickup_hours": "10:00–18:30",
}
WORDS = {
    "en": ("Stoneware mug, midnight blue", "Recipe booklet (PDF), tarts", "Gift card 50", "Please ring twice"),
    "fr": ("Tasse en grès, bleu nuit", "Livret de recettes (PDF), tartes", "Carte cadeau 50", "Sonnez deux fois svp"),
}


@dataclass
class PictureShop:
    """A shop that serves: its address, its language, and the ids of the orders of each kind."""

    address: str
    language: str
    ids: dict[str, str]

    def api(self, method: str, path: str, body: object = None) -> Any:
        """An answer of its API."""
        asked = urllib.request.Request(
            f"{self.address}/api/v1{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return json.load(answer)


class _TakesMail(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(202)
        self.send_header("X-Message-Id", f"taken-{time.monotonic_ns()}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Quiet."""


@contextmanager
def shop(language: str) -> Iterator[PictureShop]:
    """A demo shop in this language that serves while the block lasts, and is thrown away afterwards."""
    folder = Path(tempfile.mkdtemp())
    mail = ThreadingHTTPServer(("127.0.0.1", 0), _TakesMail)
    threading.Thread(target=mail.serve_forever, daemon=True).start()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        **os.environ,
        "COMPTOIR_STORE": str(folder / "shop.duckdb"),
        "COMPTOIR_FILES": str(folder / "files"),
        "COMPTOIR_SECRET": "the secret of a shop that is thrown away",
        "COMPTOIR_API_KEY": KEY,
        "COMPTOIR_LANGUAGE": language,
        "COMPTOIR_TIME_ZONE": "Europe/Paris",
        "COMPTOIR_SENDER_EMAIL": "bonjour@example.com",
        "COMPTOIR_PUBLIC_URL": "https://orders.example.com",
        "COMPTOIR_SENDGRID_URL": f"http://127.0.0.1:{mail.server_port}",
        "SENDGRID_API_KEY": "a key for pictures",
    }
    booklet = folder / "files" / "digital" / "LIV-TAR" / "tarts.pdf"
    booklet.parent.mkdir(parents=True)
    booklet.write_bytes(b"%PDF-1.4\n" + b" " * 400_000)
    subprocess.run([sys.executable, "-m", "services", "demo"], cwd=ROOT, env=settings, check=True)
    subprocess.run([sys.executable, "-c", _PROMISE], cwd=ROOT, env=settings, check=True)
    serve = ["streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
    app = subprocess.Popen([sys.executable, "-m", *serve, "--server.headless", "true"], cwd=ROOT, env=settings)
    address = f"http://127.0.0.1:{port}"
    try:
        for _attempt in range(120):
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                    break
            except OSError:
                time.sleep(0.5)
        made = PictureShop(address, language, {})
        for kind, body in orders(language).items():
            made.ids[kind] = made.api("POST", "/orders", body)["id"]
        time.sleep(3)  # until their mails have left
        yield made
    finally:
        app.terminate()
        app.wait(15)
        mail.shutdown()
        shutil.rmtree(folder, ignore_errors=True)


_PROMISE = f"""
from services import clock, profile, shop
made = shop.current()
with made.store.write() as write:
    profile.change(write, made.settings, {PROMISES!r}, "pictures", clock.now())
"""


def orders(language: str) -> dict[str, dict[str, Any]]:
    """An order of each kind, by its name: bodies for the API. Their people live at example.com."""
    cup, booklet, voucher, comment = WORDS[language]
    mug = {"name": cup, "sku": "TAS-BLN", "quantity": 2, "unit_price": "15.00", "tax": "5.00"}
    pdf = {"name": booklet, "sku": "LIV-TAR", "quantity": 1, "unit_price": "12.00", "tax": "2.00", "kind": "digital"}
    card = {"name": voucher, "sku": "CADEAU-050", "quantity": 1, "unit_price": "50.00", "kind": "gift_card"}
    card |= {"options": [{"name": {"fr": "Destinataire"}.get(language, "Recipient"), "value": "Tom"}]}

    def order(name: str, lines: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
        lived = {"name": name, "line1": "12 rue des Lilas", "postal_code": "69003", "city": "Lyon", "country": "FR"}
        email = name.split()[0].lower().translate(str.maketrans("èéï", "eei")) + "@example.com"
        made = {"currency": "EUR", "language": language, "name": name, "email": email, "billing_address": lived}
        digits = f"{sum(map(ord, name)):04}"  # nobody shares a telephone: that would look like one customer
        phone = f"+33 6 12 34 {digits[:2]} {digits[2:]}"
        made |= {"tax_included": True, "phone": phone, "lines": lines}
        if any(line.get("kind", "physical") == "physical" for line in lines):
            made |= {"shipping_address": lived, "shipping_method": "Colissimo", "shipping_fee": "6.90"}
        return made | more

    paid: dict[str, Any] = {"payment_status": "paid"}
    return {
        "digital": order("Anaïs Silva", [pdf], **paid, payment_method="paypal"),
        "gift": order("Léo Petit", [card], **paid, payment_method="paypal"),
        "mixed": order("Eva Nowak", [mug, pdf, card], **paid, payment_method="card"),
        "offline": order("Zoé Martin", [mug], payment_method="bank_transfer"),
        "failed": order("Luc Bernard", [mug], payment_method="card", payment_message="insufficient_funds"),
        "second": order("Théo Blanc", [mug], **paid, payment_method="card"),
        "paid": order(
            "Inès Laforêt", [mug | {"discount": "3.00", "tax": "4.50"}], **paid, payment_method="card", tax="5.90",
            transaction_id="ch_3Q1", coupons=["PRINTEMPS"], handling_fee="1.50", customer_comment=comment,
        ),
    }  # fmt: skip
