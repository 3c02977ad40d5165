"""How much there is of what: the operator's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from data import inbox
from data.store import Reader


def orders_by_status(read: Reader) -> dict[tuple[str, str], int]:
    """Orders by (payment status, fulfilment status)."""
    rows = read.known(
        "select payment_status, fulfilment_status, count(*) from orders group by all order by all", table="orders"
    )
    return {(payment, fulfilment): count for payment, fulfilment, count in rows}


def messages_by_state(read: Reader) -> dict[str, tuple[int, datetime]]:
    """Messages by state: how many, and when the oldest of them was to leave."""
    rows = read.known(
        "select state, count(*), min(send_after) from messages group by state order by state", table="messages"
    )
    return {state: (count, oldest) for state, count, oldest in rows}


def webhooks(read: Reader) -> dict[tuple[str, str], int]:
    """Webhooks by (source, outcome)."""
    return {(row["source"], row["outcome"]): row["n"] for row in inbox.counts(read)}


def rejects(read: Reader) -> int:
    """Rows that imports could not take."""
    return int(read.value("select coalesce(sum(rejected_count), 0) from import_runs"))


def imports_by_state(read: Reader) -> dict[str, int]:
    """Imports by state."""
    return dict(
        read.known("select state, count(*) from import_runs group by state order by state", table="import_runs")
    )


def jobs_by_state(read: Reader) -> dict[str, int]:
    """Jobs by state."""
    return dict(read.known("select state, count(*) from jobs group by state order by state", table="jobs"))


def oldest_job(read: Reader, states: Sequence[str]) -> datetime | None:
    """When the oldest job in one of these states was asked for."""
    marks = ", ".join("?" * len(states))
    moment: datetime | None = read.value(f"select min(created_at) from jobs where state in ({marks})", list(states))
    return moment


def oldest_webhook(read: Reader, outcome: str) -> datetime | None:
    """When the oldest webhook of an outcome came."""
    moment: datetime | None = read.value("select min(received_at) from inbox where outcome = ?", [outcome])
    return moment


def answers(read: Reader) -> bool:
    """Whether the store answers at all."""
    return bool(read.value("select count(*) >= 0 from settings"))
