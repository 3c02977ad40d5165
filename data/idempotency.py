"""Requests that must not be done twice: what was answered to a key."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from data.store import Reader, Row, Writer


def kept(read: Reader, scope: str, key: str) -> Row | None:
    """body_hash, status and answer (JSON, read) of the request that bore `key`, or None."""
    row = read.one(
        "select body_hash, status, answer_json from idempotency_keys where scope = ? and key = ?", [scope, key]
    )
    return {**row, "answer": json.loads(row["answer_json"])} if row else None


def keep(
    write: Writer, scope: str, key: str, body_hash: str, status: int, answer: dict[str, Any], now: datetime
) -> None:
    """Remember the answer to a request."""
    write.insert(
        "idempotency_keys",
        [
            {
                "scope": scope,
                "key": key,
                "body_hash": body_hash,
                "status": status,
                "answer_json": json.dumps(answer),
                "happened_at": now,
            }
        ],
    )


def forget(write: Writer, before: datetime) -> None:
    """Forget what was answered before a moment."""
    write.execute("delete from idempotency_keys where happened_at < ?", [before])
