"""The process that is killed: a shop with its threads, doing what it is told over a line and answering after it."""

from __future__ import annotations

import logging
import os
import resource
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from data import migrations
from services import clock, language
from services.errors import ShopError
from services.imports import history
from services.inbox import digesting
from services.jobs import running
from services.language import LANGUAGES
from services.messages import claims, drafting, worker
from services.messages.kinds import Template
from services.orders import doubled
from services.settings import read_settings
from services.shop import Shop, open_shop, put_current
from tests.faults import doing, looking
from tests.messages.invented import NOW, PROFILE
from tests.messages.invented import order as invented_order

LANES = 3  # requests that are under way at once, as from several people


@dataclass(frozen=True)
class Life:
    """What a process is born into. `levels` are invented migrations behind our own; `room` is how many bytes a file of
    the store may still grow, None for a disk with room; `speed` is how much faster than ours its clock runs."""

    environment: dict[str, str]
    folder: str
    begins: datetime
    speed: float = 20.0
    levels: int = 0
    portion: int = 5
    room: int | None = None


def live(line: Connection) -> None:
    """Be a shop until killed: `Life` comes first, then requests (number, kind, what it takes)."""
    logging.disable(logging.CRITICAL)
    life: Life = line.recv()
    _set_up(life)
    shop = open_shop(read_settings(life.environment, Path(life.folder)))
    put_current(shop)
    history.mark_interrupted(shop, clock.now())
    line.send((0, "opened", life.levels))
    answering = threading.Lock()

    def answer(number: int, kind: str, given: dict[str, Any]) -> None:
        told = _answer(shop, kind, number, given)
        with answering:
            line.send((number, *told))

    with ThreadPoolExecutor(LANES) as lanes:
        while True:
            number, kind, given = line.recv()
            if kind == "threads":
                _begin(shop, life)
            elif kind in ("look", "settle"):
                answer(number, kind, given)
            else:
                lanes.submit(answer, number, kind, given)


def _answer(shop: Shop, kind: str, number: int, given: dict[str, Any]) -> tuple[str, Any]:
    try:
        if kind == "look":
            return "done", looking.seen(shop, **given)
        if kind == "settle":
            return "done", doing.settle(shop)
        return "done", doing.DOINGS[kind](shop, number, **given)
    except ShopError as error:
        return "refused", f"{type(error).__name__}: {error.sentence}"
    except Exception:
        return "broke", traceback.format_exc()


def _set_up(life: Life) -> None:
    started = time.monotonic()

    def now() -> datetime:
        return life.begins + timedelta(seconds=(time.monotonic() - started) * life.speed)

    clock.now = now
    running.PORTION = running.PORTION_SHARED = life.portion
    worker.POLL = worker.POLL_SHARED = 0.02
    digesting.EVERY, digesting.GATHERING = 0.05, 0.0
    running.POLL = running.POLL_SHARED = 0.05
    known = migrations.available()
    further = [invented(known[-1][0] + level) for level in range(1, life.levels + 1)]
    migrations.available = lambda: known + further


def invented(number: int) -> tuple[int, str, str]:
    """A migration as an upgrade brings it: a new table filled from an old one, and a column."""
    return (
        number,
        f"{number:04d}_invented",
        f"create table invented_{number} (order_id uuid, number varchar);\n"
        f"insert into invented_{number} select id, number from orders;\n"
        f"alter table order_notes add column invented_{number} varchar;\n"
        f"update order_notes set invented_{number} = 'there';\n",
    )


def _begin(shop: Shop, life: Life) -> None:
    """The threads of the app; from now on the disk has no more room than the life says."""
    if life.room is not None:
        sizes = [file.stat().st_size for file in Path(life.folder).rglob("*") if file.is_file()]
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (max(sizes, default=0) + life.room, hard))
    claims.recover(shop, clock.now())
    for thread in (worker.Worker(shop), digesting.Digester(shop), running.Runner(shop)):
        thread.start()


def warm() -> None:
    """Read what every life needs, before the first: texts and templates. Nothing that has threads, which a fork would
    not bring along."""
    settings = read_settings({"COMPTOIR_SENDER_EMAIL": "no-reply@example.com"}, Path())
    for speech in LANGUAGES:
        with language.use(speech):
            for template in (Template.ORDER_CONFIRMATION, Template.NEW_ORDER, Template.PAYMENT_RECEIVED):
                drafted = drafting.draft(template, invented_order(), replace(PROFILE, language=speech), settings, NOW)
                assert drafted
    doubled.is_doubted(invented_order())


def be_born(line: Connection) -> None:
    """Live; never returns to whoever forked."""
    try:
        live(line)
    except (EOFError, OSError):  # nobody is there any more who asks
        pass
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)
