"""How much there is of what: the operator's numbers."""

from __future__ import annotations

from data import inbox
from data.store import Reader


def orders_by_status(read: Reader) -> dict[tuple[str, str], int]:
    """Orders by (payment status, fulfilment status)."""
    rows = read.rows("select payment_status, fulfilment_status, count(*) as n from orders group by all order by all")
    return {(row["payment_status"], row["fulfilment_status"]): row["n"] for row in rows}


def messages_by_state(read: Reader) -> dict[str, int]:
    """Messages by state."""
    return {
        r["state"]: r["n"] for r in read.rows("select state, count(*) as n from messages group by all order by all")
    }


def webhooks(read: Reader) -> dict[tuple[str, str], int]:
    """Webhooks by (source, outcome)."""
    return {(row["source"], row["outcome"]): row["n"] for row in inbox.counts(read)}


def rejects(read: Reader) -> int:
    """Rows that imports could not take."""
    return int(read.value("select coalesce(sum(rejected_count), 0) from import_runs"))


def answers(read: Reader) -> bool:
    """Whether the store answers at all."""
    return bool(read.value("select count(*) >= 0 from settings"))
