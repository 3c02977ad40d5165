"""Pictures of every screen for the README and the manual, of the demo shop: `make screenshots`.

Starts the app on a port of its own with a store that is thrown away, and writes `docs/screenshots/*.png`.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "screenshots"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
WIDE, PHONE = (1440, 1000), (390, 844)


@dataclass(frozen=True)
class Picture:
    """A picture: its name, the address it shows, its size, its scheme and language, and what is done before."""

    name: str
    path: str
    size: tuple[int, int] = WIDE
    scheme: str = "light"
    language: str = "en"
    before: Callable[[Page], None] | None = None


def first_order(page: Page) -> None:
    """Open the newest order that is to be prepared."""
    page.locator("a[href^='/order?id=']").first.click()
    page.wait_for_selector(".st-key-strong_step, .st-key-card_items")
    page.wait_for_timeout(1200)


def sheet(page: Page) -> None:
    """Open the sheet of its strong step, and give a tracking number."""
    first_order(page)
    page.click(".st-key-step_strong button")
    page.fill(".st-key-sheet_tracking input", "6A12345678901")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1500)


def charts(page: Page) -> None:
    """Wait until the bars are drawn."""
    page.wait_for_selector(".js-plotly-plot .bars path", timeout=30_000)
    page.wait_for_timeout(800)


TO_PREPARE = "/?q=payment%3Apaid+fulfilment%3Aawaiting_processing"
TAKEN = (
    Picture("orders", "/"),
    Picture("orders-dark", "/?q=payment_method%3Apaypal", scheme="dark"),
    Picture("orders-phone", "/", size=PHONE, scheme="dark", language="fr"),
    Picture("order", TO_PREPARE, before=first_order),
    Picture("order-phone", TO_PREPARE, size=PHONE, language="fr", before=first_order),
    Picture("sheet", TO_PREPARE, before=sheet),
    Picture("sales", "/sales", before=charts),
    Picture("sales-phone", "/sales", size=PHONE, language="fr", before=charts),
    Picture("customers", "/customers"),
    Picture("messages", "/messages"),
    Picture("imports", "/imports"),
    Picture("settings", "/settings", language="fr"),
)


@contextmanager
def shop() -> Iterator[str]:
    """A demo shop that serves while the block lasts; its address."""
    folder = Path(tempfile.mkdtemp())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {**os.environ, "COMPTOIR_STORE": str(folder / "shop.duckdb"), "COMPTOIR_FILES": str(folder / "files")}
    subprocess.run([sys.executable, "-m", "services", "demo"], cwd=ROOT, env=settings, check=True)
    serve = ["streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
    app = subprocess.Popen([sys.executable, "-m", *serve, "--server.headless", "true"], cwd=ROOT, env=settings)
    address = f"http://127.0.0.1:{port}"
    try:
        for _attempt in range(60):
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                    break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        app.terminate()
        app.wait(15)
        shutil.rmtree(folder, ignore_errors=True)


def take(browser: Browser, address: str, picture: Picture) -> None:
    """One picture, in a browser session of its own."""
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=picture.scheme)
    context.add_cookies([{"name": "comptoir_language", "value": picture.language, "url": address}])
    page = context.new_page()
    page.goto(address + picture.path)
    page.wait_for_selector("h1")
    page.wait_for_timeout(2500)
    if picture.before:
        picture.before(page)
    page.screenshot(path=str(PICTURES / f"{picture.name}.png"))
    context.close()


def main() -> None:
    """Take them all, or those named on the command line."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    wanted = set(sys.argv[1:])
    with shop() as address, sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=shutil.which("chromium") or None, args=QUIET)
        for picture in TAKEN:
            if not wanted or picture.name in wanted:
                take(browser, address, picture)
                print(picture.name)
        browser.close()


if __name__ == "__main__":
    main()
