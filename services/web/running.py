"""The process as a whole: opening the shop, the message worker, and whether all of it serves."""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from socket import AF_INET, AF_INET6

import uvicorn

from services import clock, logs, system
from services import shop as shops
from services.errors import Misconfigured, ShopError
from services.imports import history
from services.inbox.digesting import Digester
from services.jobs.running import Runner
from services.language import _
from services.messages.push_sending import push_turn
from services.messages.worker import Worker
from services.shop import Shop
from services.upkeep import Turn, Upkeep
from services.version import VERSION
from services.web.origin import is_local

log = logging.getLogger("comptoir")

# Seconds, at the end: for answers on their way, then for the worker. The whole stop may take five.
CUT_AFTER = 1
STOP_WITHIN = 3.8
PUSH_EVERY = (1.0, 2.0)  # seconds after the start, and between two looks for what is to be pushed
JOBS_WITHIN = 0.5  # the runner has had the time of the others as well


@dataclass
class Running:
    """What this process runs besides the pages; each is None until the start and after the stop."""

    worker: Worker | None = None
    digester: Digester | None = None
    upkeep: Upkeep | None = None
    runner: Runner | None = None
    pusher: Upkeep | None = None

    @property
    def is_working(self) -> bool:
        """The message worker takes its turns."""
        return self.worker is not None and self.worker.is_alive

    def alive(self) -> dict[str, bool]:
        """Which of the threads run, by name."""
        threads = {
            "worker": self.worker,
            "upkeep": self.upkeep,
            "jobs": self.runner,
            "webhooks": self.digester,
            "push": self.pusher,
        }
        return {name: thread is not None and thread.is_alive for name, thread in threads.items()}


RUNNING = Running()


def open_or_exit(address: str) -> Shop:
    """The open shop, or the end of the process with one line on stderr.

    `address` is where the pages will be served; until there are accounts it must be this machine only.
    """
    try:
        if not is_local(address):
            raise Misconfigured(
                _(
                    "The server address is “{address}”; until there are accounts, Comptoir serves on 127.0.0.1 only.",
                    address=address,
                )
            )
        logs.begin("auto")  # until the settings are read
        shop = shops.current()
        logs.begin(shop.settings.log)
        history.mark_interrupted(shop, clock.now())
        return shop
    except ShopError as error:
        print(error.sentence, file=sys.stderr)
        raise SystemExit(1) from None


def answer_at_once() -> None:
    """Let the sockets that listen pass `TCP_NODELAY` on to what they accept.

    The server makes them without naming their protocol, so asyncio does not know them for TCP, and every answer of two
    writes (head and body) would wait 40 ms for the other side's delayed acknowledgement.
    """
    for found in gc.get_objects():
        if isinstance(found, socket.socket) and _listens(found):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def wait_briefly_at_the_end() -> None:
    """Let the server that runs us cut slow downloads after a second when it is told to stop: it would wait for ever."""
    for found in gc.get_objects():
        if isinstance(found, uvicorn.Server) and found.config.timeout_graceful_shutdown is None:
            found.config.timeout_graceful_shutdown = CUT_AFTER


def _listens(found: socket.socket) -> bool:
    is_open = found.fileno() >= 0 and found.family in (AF_INET, AF_INET6) and found.type == socket.SOCK_STREAM
    return is_open and found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) == 1


@asynccontextmanager
async def serving(shop: Shop) -> AsyncIterator[None]:
    """The worker beside the pages, from start to SIGTERM; then the store is closed."""
    worker = Worker(shop)
    worker.start()
    upkeep = Upkeep(shop)
    upkeep.start()
    runner = Runner(shop)
    runner.start()
    digester = Digester(shop)
    digester.start()
    pusher = Upkeep(shop, [Turn(*PUSH_EVERY, push_turn, alone=False)])
    pusher.start()
    RUNNING.worker, RUNNING.digester = worker, digester
    RUNNING.upkeep, RUNNING.runner, RUNNING.pusher = upkeep, runner, pusher
    system.watch(RUNNING.alive)
    logs.begin(shop.settings.log)  # once more: the server has set up its own meanwhile
    logs.event("started", version=VERSION, store=shop.store.home.name)
    answer_at_once()
    wait_briefly_at_the_end()
    gc.collect()
    gc.freeze()  # what is loaded now stays: the collector need not look at it at every run
    try:
        yield
    finally:
        logs.event("stopping")
        RUNNING.worker = RUNNING.digester = RUNNING.upkeep = RUNNING.runner = RUNNING.pusher = None
        runner.end()
        try:
            await asyncio.wait_for(asyncio.to_thread(worker.stop), STOP_WITHIN)
        except TimeoutError:
            log.warning("The message worker did not stop in time; what it had in hand is judged at the next start.")
        finally:
            await asyncio.to_thread(digester.stop, 0.5)
            await asyncio.to_thread(pusher.stop, 0.2)
            await asyncio.to_thread(upkeep.stop)
            await asyncio.to_thread(runner.stop, JOBS_WITHIN)
            shop.close()
