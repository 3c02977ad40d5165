"""The event webhook under load: how many of SendGrid's events a second are kept, and digested.

    python -m bench.webhooks [--events 10000] [--port 8687]

Makes a shop with as many sent mails in a folder of its own, runs the app on it, and posts signed events about them: in
webhooks of 100 events, one event each from many connections, and all in one. Kept means that the answer came, after
the commit; digested that the mails bear their fate. CPU is what the app used per event.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import json
import os
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bench.counter import environment, served
from data import messages
from data.ids import Ids
from services import clock
from services.messages import drafting
from services.messages.kinds import Template
from services.messages.parts import Words
from services.messages.sendgrid_events import SIGNATURE, TIMESTAMP
from services.messages.states import MessageState
from services.settings import read_settings
from services.shop import opened

CONNECTIONS = 16
_private = ec.generate_private_key(ec.SECP256R1())
KEY = base64.b64encode(
    _private.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
).decode()
Signed = tuple[bytes, dict[str, str]]


def fill(settings: dict[str, str], folder: Path, count: int) -> list[str]:
    """A shop with so many accepted mails; their ids."""
    now, ids = clock.now() - timedelta(hours=1), Ids()
    words = Words("Your order", "Thank you for your order. " * 20, "<p>Thank you for your order.</p>" * 40)
    rows = []
    for _number in range(count):
        made = drafting.row(
            Template.ORDER_CONFIRMATION, words, "en", to="ines@example.com", sender="no-reply@example.com", now=now,
            send_after=now, key=ids.fresh(),
        )  # fmt: skip
        rows.append(made | {"state": MessageState.ACCEPTED.value, "provider_id": f"sg{_number:08d}"})
    with opened(read_settings(settings, folder)) as shop, shop.store.write() as write:
        messages.add(write, rows)
    return [row["id"] for row in rows]


def signed(ids: Sequence[str], kind: str) -> Signed:
    """A webhook with an event about each mail."""
    at = int(time.time())
    events = [
        {
            "email": "ines@example.com",
            "event": kind,
            "timestamp": at,
            "smtp-id": "<14c5d75ce93.dfd.64b469@ismtpd-555>",
            "sg_event_id": f"{kind}-{one}",
            "sg_message_id": "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0",
            "response": "250 OK",
            "message_id": one,
        }
        for one in ids
    ]
    body = json.dumps(events).encode()
    signature = _private.sign(str(at).encode() + body, ec.ECDSA(hashes.SHA256()))
    return body, {SIGNATURE: base64.b64encode(signature).decode(), TIMESTAMP: str(at)}


def post(port: int, hooks: Sequence[Signed]) -> float:
    """Seconds until every webhook is answered with 200, over many connections at once."""
    waiting = list(reversed(hooks))
    wrong: list[str] = []

    def work() -> None:
        con = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while waiting:
            try:
                body, headers = waiting.pop()
            except IndexError:
                return
            con.request("POST", "/webhooks/sendgrid", body, headers)
            answer = con.getresponse()
            said = answer.read()
            if answer.status != 200:
                wrong.append(f"{answer.status} {said[:300]!r}")

    started = time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(min(CONNECTIONS, len(hooks)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(f"{len(wrong)} webhooks were not taken: {wrong[0]}")
    return time.perf_counter() - started


def digested(port: int) -> float:
    """Seconds until nothing waits any more."""
    started = time.perf_counter()
    while True:
        con = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        con.request("GET", "/metrics")
        if b'outcome="waiting"' not in con.getresponse().read():
            return time.perf_counter() - started
        time.sleep(0.1)


def cpu(pid: int) -> float:
    """Seconds of processor time that the app has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--port", type=int, default=8687)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = environment(str(folder / "shop.duckdb"), folder) | {"SENDGRID_WEBHOOK_KEY": KEY}
        ids = fill(settings, folder, args.events)
        hundreds = [ids[at : at + 100] for at in range(0, len(ids), 100)]
        runs = {
            "100 events each": [signed(some, "processed") for some in hundreds],
            "1 event each": [signed([one], "deferred") for one in ids],
            "all in one": [signed(ids, "delivered")],
        }
        print("| webhooks | events/s kept | ms CPU per event | s until digested |\n| --- | ---: | ---: | ---: |")
        with served(settings, args.port) as pid:
            for what, hooks in runs.items():
                used = cpu(pid)
                took = post(args.port, hooks)
                used = cpu(pid) - used
                rest = digested(args.port)
                print(
                    f"| {what} | {len(ids) / took:,.0f} | {1000 * used / len(ids):.2f} | {took + rest:.1f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
