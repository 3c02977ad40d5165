"""Requests that come twice: the second is answered as the first was, and nothing is done again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from data import idempotency
from data.store import Reader, Writer
from services.errors import Conflict, Invalid
from services.language import _

REMEMBERED = timedelta(days=7)
LONGEST_KEY = 200  # characters

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer that a key got."""

    status: int
    answer: dict[str, Any]


def answered(read: Reader, scope: str, key: str | None, asking: object) -> Kept | None:
    """What was answered to the same request before. Raises `Conflict` when the key came with another one."""
    if not key:
        return None
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Invalid(_("The Idempotency-Key must be at most {count} printable characters.", count=LONGEST_KEY))
    row = idempotency.kept(read, scope, key)
    if row is None:
        return None
    if row["body_hash"] != _hash(asking):
        raise Conflict(_("This Idempotency-Key was used for another request. Nothing was done; take a fresh key."))
    return Kept(row["status"], row["answer"])


def keep(
    write: Writer,
    scope: str,
    key: str | None,
    asking: object,
    status: int,
    written: Callable[[Told], dict[str, Any]],
    told: Told,
    now: datetime,
) -> None:
    """Remember an answer for its key, as `written` puts it; without a key nothing is kept."""
    if key:
        idempotency.forget(write, now - REMEMBERED)
        idempotency.keep(write, scope, key, _hash(asking), status, written(told), now)


def _hash(asking: object) -> str:
    body = json.dumps(asking, sort_keys=True, default=str)
    return hashlib.blake2b(body.encode(), digest_size=16).hexdigest()
