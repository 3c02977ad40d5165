"""The operator's numbers: how much there is of what, and whether the store answers.

They are asked for every few seconds, by programs and by screens, so they must cost nothing in a large shop: what has
more than `MANY` rows is counted once in `REST` seconds at most, whoever asks, and only if it has changed since.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from data import counts, sizes
from data.store import Reader
from services.errors import store_errors
from services.shop import Shop

T = TypeVar("T")

MANY, REST = 100_000, 30.0  # rows, seconds


@dataclass(frozen=True)
class Counts:
    """`orders` by (payment status, fulfilment status), `messages` by state with the moment when the oldest was to
    leave, `webhooks` by (source, outcome), `imports` and `jobs` by state, `commits` of this process, `size` in bytes.
    """

    orders: dict[tuple[str, str], int]
    messages: dict[str, tuple[int, datetime]]
    webhooks: dict[tuple[str, str], int]
    imports: dict[str, int]
    jobs: dict[str, int]
    rejected_rows: int
    commits: int
    size: int


def count(shop: Shop) -> Counts:
    """All of them. Raises `Unavailable`."""
    with store_errors(), shop.store.read() as read:
        told = Counts(
            orders=_rested(shop, "orders", lambda: counts.orders_by_status(read), lambda n: sum(n.values())),
            messages=_messages(shop, read),
            webhooks=_rested(shop, "webhooks", lambda: counts.webhooks(read), lambda n: sum(n.values())),
            imports=counts.imports_by_state(read),
            jobs=counts.jobs_by_state(read),
            rejected_rows=counts.rejects(read),
            commits=shop.store.changes,
            size=0,
        )
    return Counts(**{**vars(told), "size": size(shop)})


def outbox(shop: Shop) -> dict[str, tuple[int, datetime]]:
    """Messages by state with the moment when the oldest was to leave, and nothing else. Raises `Unavailable`."""
    with store_errors(), shop.store.read() as read:
        return _messages(shop, read)


def messages(shop: Shop) -> dict[str, int]:
    """Messages by state as they are now, for who has just changed one."""
    with store_errors(), shop.store.read() as read:
        return {state: number for state, (number, _oldest) in counts.messages_by_state(read).items()}


def size(shop: Shop) -> int:
    """Bytes of the store; of a shared one at most `REST` seconds old, as its catalogue must be asked."""
    if shop.store.home.is_embedded:
        return sizes.size(shop.store)
    with store_errors():
        return _rested(shop, "size", lambda: sizes.size(shop.store), lambda _size: MANY + 1)


def check(shop: Shop) -> None:
    """Raises `Unavailable` while the store does not answer."""
    with store_errors(), shop.store.read() as read:
        counts.answers(read)


def _messages(shop: Shop, read: Reader) -> dict[str, tuple[int, datetime]]:
    return _rested(
        shop, "messages", lambda: counts.messages_by_state(read), lambda told: sum(n for n, _oldest in told.values())
    )


_lock = threading.Lock()
_kept: WeakKeyDictionary[Any, dict[str, tuple[float, Any]]] = WeakKeyDictionary()


def _rested(shop: Shop, name: str, ask: Callable[[], T], rows: Callable[[T], int]) -> T:
    """The answer, or the last one where that was about many rows and is not old."""
    now = time.monotonic()
    with _lock:
        until, known = _kept.setdefault(shop.store, {}).get(name, (0.0, None))
    if now < until:
        kept: T = known
        return kept
    answer = ask()
    with _lock:
        _kept[shop.store][name] = (time.monotonic() + REST if rows(answer) > MANY else 0.0, answer)
    return answer
