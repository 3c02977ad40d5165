"""The worker against a stand-in for the mail service: `python -m bench.mail [--mails N] [--answer-ms MS] [--group N]`.

The stand-in runs in a process of its own and answers each request after `--answer-ms`. Mails are drafted from one
order, kept in a store of their own, and sent by the worker's turns as fast as they go.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import resource
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from data.ids import new_id
from services import clock
from services import shop as shops
from services.messages import claims, drafting, outbox, worker
from services.messages.kinds import Template
from services.orders import taking
from services.orders.new_order import read as read_order
from services.people import Actor
from services.settings import read_settings

BODY = {
    "currency": "EUR",
    "email": "ines@example.com",
    "name": "Inès Kaba",
    "language": "fr",
    "payment_status": "paid",
    "shipping_address": {"name": "Inès Kaba", "line1": "12 rue des Lilas", "postal_code": "69003", "city": "Lyon",
                         "country": "FR"},
    "lines": [{"name": "Tasse bleue", "quantity": 2, "unit_price": "15.00"},
              {"name": "Carnet A5", "quantity": 1, "unit_price": "14.00"}],
}  # fmt: skip


def serve(pipe: Connection, answer_after: float) -> None:
    """A mail service: takes every request whole and answers 202. Sends its port, and at the end how many it took."""
    taken = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal taken
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
                await reader.readexactly(length)
                await asyncio.sleep(answer_after)
                taken += 1
                writer.write(f"HTTP/1.1 202 Accepted\r\nX-Message-Id: sg-{taken}\r\nContent-Length: 0\r\n\r\n".encode())
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        while not pipe.poll():
            await asyncio.sleep(0.05)
        pipe.send(taken)

    asyncio.run(run())


def main() -> None:
    """Send the mails and print what it took."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--mails", type=int, default=2000)
    asked.add_argument("--answer-ms", type=float, default=20)
    asked.add_argument("--group", type=int, default=claims.GROUP)
    given = asked.parse_args()
    claims.GROUP = given.group
    ours, theirs = multiprocessing.Pipe()
    service = multiprocessing.Process(target=serve, args=(theirs, given.answer_ms / 1000), daemon=True)
    service.start()
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(
            {
                "COMPTOIR_STORE": str(Path(folder) / "shop.duckdb"),
                "SENDGRID_API_KEY": "SG.bench",
                "COMPTOIR_SENDGRID_URL": f"http://127.0.0.1:{ours.recv()}",
                "COMPTOIR_SENDER_EMAIL": "no-reply@example.com",
            }
        )
        shop = shops.open_shop(settings)
        order = taking.place(shop, read_order(BODY, clock.now())[0], Actor("bench"), silent=True)
        now, rules = clock.now(), shop.profile()
        started = time.process_time()
        rows = [
            drafting.draft(Template.ORDER_SHIPPED, order, rules, settings, now, key_parts=(new_id(),))
            for _mail in range(given.mails)
        ]
        drafted = (time.process_time() - started) / given.mails
        with shop.store.write() as write:
            outbox.put(write, [row | {"send_after": now} for row in rows if row])
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        courier = worker.courier_of(settings)
        started, spent, sent = time.monotonic(), time.process_time(), 0
        while taken := worker.turn(shop, clock.now(), courier):
            sent += taken
        took, spent = time.monotonic() - started, time.process_time() - spent
        worker.dismiss(courier)
        ours.send("end")
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        print(f"drafted: {drafted * 1000:.3f} ms a mail; sent {sent}, taken {ours.recv()}, in {took:.1f} s: ", end="")
        print(f"{sent / took:.0f} mails/s, {spent / sent * 1000:.2f} ms CPU a mail, memory +{grown / 1024:.0f} MB")
        shop.store.close()


if __name__ == "__main__":
    main()
