"""Rounds of fulfilment, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from data.store import Reader, Row, Writer


def open_rounds(read: Reader) -> list[Row]:
    """id, started_at, actor and count_orders of the rounds that are not closed, the oldest first."""
    return read.rows(
        """
        select r.id, r.started_at, r.actor, count(o.order_id) as count_orders
        from rounds r left join round_orders o on o.round_id = r.id and o.left_at is null
        where r.closed_at is null group by r.id, r.started_at, r.actor order by r.started_at, r.id
        """
    )


def one(read: Reader, round_id: str) -> Row | None:
    """A round, or None."""
    return read.one(
        "select id, started_at, actor, closed_at, job_id from rounds where id = try_cast(? as uuid)", [round_id]
    )


def orders(read: Reader, round_id: str) -> list[Row]:
    """The orders of a round that were not put back, in their order."""
    return read.rows(
        "select order_id, position, carrier, tracking_number from round_orders "
        "where round_id = ?::uuid and left_at is null order by position",
        [round_id],
    )


def picks(read: Reader, round_id: str) -> dict[tuple[str, str], Decimal]:
    """What was picked in a round: (order id, line id) -> quantity."""
    rows = read.rows("select order_id, line_id, picked from round_picks where round_id = ?::uuid", [round_id])
    return {(row["order_id"], row["line_id"]): row["picked"] for row in rows}


def taken(read: Reader) -> set[str]:
    """The orders that stand in an open round."""
    rows = read.rows(
        "select o.order_id from round_orders o join rounds r on r.id = o.round_id "
        "where r.closed_at is null and o.left_at is null"
    )
    return {row["order_id"] for row in rows}


def add(write: Writer, round_id: str, order_ids: Sequence[str], actor: str, now: datetime) -> None:
    """Keep a new round with its orders."""
    write.insert("rounds", [{"id": round_id, "started_at": now, "actor": actor, "closed_at": None, "job_id": None}])
    write.insert(
        "round_orders",
        [
            {
                "round_id": round_id,
                "order_id": order_id,
                "position": position,
                "carrier": "",
                "tracking_number": "",
                "left_at": None,
            }
            for position, order_id in enumerate(order_ids)
        ],
    )


def change_order(write: Writer, round_id: str, order_id: str, values: Mapping[str, object]) -> None:
    """Set columns of an order in a round; the names are ours."""
    settings = ", ".join(f"{name} = ?" for name in values)
    write.execute(
        f"update round_orders set {settings} where round_id = ?::uuid and order_id = ?::uuid",
        [*values.values(), round_id, order_id],
    )


def put_pick(write: Writer, round_id: str, order_id: str, line_id: str, picked: Decimal) -> None:
    """Say how much of a line is picked."""
    write.execute(
        "delete from round_picks where round_id = ?::uuid and order_id = ?::uuid and line_id = ?::uuid",
        [round_id, order_id, line_id],
    )
    write.insert("round_picks", [{"round_id": round_id, "order_id": order_id, "line_id": line_id, "picked": picked}])


def close(write: Writer, round_id: str, job_id: str | None, now: datetime) -> None:
    """End a round; `job_id` is the job that marks its orders as shipped."""
    write.execute("update rounds set closed_at = ?, job_id = ?::uuid where id = ?::uuid", [now, job_id, round_id])
