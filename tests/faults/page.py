"""docs/kill-tests.md, made of the figures of a run."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from tests.faults.promises import Promise
from tests.faults.tally import Tally

_HEAD = """\
# Killed at any moment

*This page is written by the run that it tells of: `make kill-test`.*

A shop runs in a process of its own, with everything that the app runs beside its screens: the worker that sends
mails, the thread that digests webhooks, the one that does jobs. Three requests at a time reach it, a random mix by
seed: orders from the API, actions of people and their undo, actions on many orders, files of orders, webhooks about
mails, mails sent once more, upkeep, backups. Its mail service takes a mail, is late, answers 429, 500 or 503, hangs
up, or dies after it took one. Its clock runs twenty times as fast as ours, jumps by a day, into the two nights of
daylight saving, and back by an hour or two days. At times its disk has no room for another byte. Upgrades that add
tables and columns come along. And at a random moment it is killed with SIGKILL: while the store is opened, upgraded
or made, and at work.

A record outside of the shop notes what was asked before it is asked and what was answered as soon as it is, each on
the disk before anything goes on. Then the shop is started again, and every promise is held against that record and
against every row of the store. In the end the shop is left to finish what waits, and all is looked at once more.
"""


def text(tallies: Sequence[Tally]) -> str:
    """The page."""
    broken = [fault for tally in tallies for fault in tally.faults]
    kills = sum(sum(tally.kills.values()) for tally in tallies)
    promises = sum(sum(tally.promises.values()) for tally in tallies)
    parts = [
        _HEAD,
        f"**{kills:,} kills, {promises:,} times a promise was checked, {len(broken)} times one was broken.**\n",
        _table(
            ["", *(tally.name for tally in tallies)],
            [
                ["kills", *(_number(sum(tally.kills.values())) for tally in tallies)],
                ["shops (one seed each)", *(_seeds(tally) for tally in tallies)],
                ["requests answered", *(_number(tally.steps["done"]) for tally in tallies)],
                ["refused with a sentence", *(_number(tally.steps["refused"]) for tally in tallies)],
                ["cut off by a kill", *(_number(tally.steps["not answered"]) for tally in tallies)],
                ["promises checked", *(_number(sum(tally.promises.values())) for tally in tallies)],
                ["promises broken", *(_number(len(tally.faults)) for tally in tallies)],
                ["minutes", *(f"{tally.seconds / 60:.1f}" for tally in tallies)],
            ],
        ),
        "## What is promised, and how often it was checked\n",
        _compared(tallies, [promise.value for promise in Promise], "promises"),
        "## Where the process was when it was killed\n",
        _compared(tallies, _names(tally.kills for tally in tallies), "kills"),
        "## What was asked of it\n",
        _compared(tallies, _names(tally.asked for tally in tallies), "asked", _ASKED),
        "## What the mail service did\n",
        _compared(tallies, _names(tally.mails for tally in tallies), "mails"),
        _foot(),
    ]
    if broken:
        parts.insert(2, "## Broken\n\n" + "\n".join(f"- {fault[:300]}" for fault in broken[:50]) + "\n")
    return "\n".join(parts)


_ASKED = {
    "take": "an order from the API",
    "act": "an action on an order, or its undo",
    "many": "an action on many orders",
    "bring": "a file of orders",
    "hear": "a webhook about mails",
    "again": "a mail sent once more by a person",
    "tend": "upkeep of the store and its figures",
    "back_up": "a backup",
}


def _compared(tallies: Sequence[Tally], names: Sequence[str], of: str, words: dict[str, str] | None = None) -> str:
    rows = [[(words or {}).get(name, name), *(_number(getattr(one, of)[name]) for one in tallies)] for name in names]
    return _table(["", *(tally.name for tally in tallies)], rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in (head, *rows)]
    return "\n".join([lines[0], "| --- |" + " ---: |" * (len(head) - 1), *lines[1:]]) + "\n"


def _names(counts: Iterable[Counter[str]]) -> list[str]:
    whole: Counter[str] = Counter()
    for one in counts:
        whole.update(one)
    return [name for name, _count in whole.most_common()]


def _number(count: int) -> str:
    return f"{count:,}"


def _seeds(tally: Tally) -> str:
    if not tally.seeds:
        return "0"
    return f"{len(tally.seeds)}: {min(tally.seeds)} to {max(tally.seeds)}"


def _foot() -> str:
    return (
        f"Run on {date.today():%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}. One shop again: "
        "`python -m tests.faults.killing --seed N --kills 25 --shared 0`. The dice fall the same way; where a kill\n"
        "falls into the work of the process depends on the machine too.\n"
    )
