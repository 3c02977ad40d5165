"""What a kind of job has to bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from data.store import Writer
from services.jobs.job import Item, Job, Result
from services.people import Actor
from services.shop import Shop


@dataclass(frozen=True, slots=True)
class Work:
    """`take` does some items in the given transaction and says what became of each: it commits with them. `finished`
    is called in the transaction that ends the job, `stopped` in the one that breaks it off for somebody."""

    take: Callable[[Writer, Shop, Job, Sequence[Item], datetime], Sequence[Result]]
    finished: Callable[[Writer, Shop, Job, datetime], None]
    stopped: Callable[[Writer, Shop, Job, Actor, datetime], None]
