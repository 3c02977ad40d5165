"""Periods that were closed, and what their orders brought then and bring now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from data.intake import GIVEN_BACK, RECEIVED
from data.store import Reader, Row, Writer

FIGURES = ("placed", "paid", "refunded", "moved_paid", "moved_refunded")
"""What is frozen of each order: by its own day its total (0 when cancelled) and its money; by the day of the money,
what was received and given back in the period."""

# What the orders of a period bring now: one row for each that was placed in it or whose money moved in it.
_PRESENT = f"""
    with moves as (
        select p.order_id,
            sum(p.amount) filter (where p.kind in {RECEIVED}) as moved_paid,
            sum(p.amount) filter (where p.kind not in {RECEIVED}) as moved_refunded
        from payments p join orders o on o.id = p.order_id
        where p.voided_at is null and o.currency = $currency and p.kind in {(*RECEIVED, *GIVEN_BACK)}
            and coalesce(p.on_date, o.placed_on) between $first and $last
        group by p.order_id
    ),
    placed as (
        select id, if(payment_status <> $cancelled, total, 0) as placed, paid, refunded
        from orders
        where currency = $currency and placed_on between $first and $last
    )
    select coalesce(placed.id, moves.order_id) as order_id, coalesce(placed.placed, 0) as placed,
        coalesce(placed.paid, 0) as paid, coalesce(placed.refunded, 0) as refunded,
        coalesce(moves.moved_paid, 0) as moved_paid, coalesce(moves.moved_refunded, 0) as moved_refunded
    from placed full join moves on moves.order_id = placed.id
"""
_COLUMNS = """id, first_on, last_on, currency, figures_json, order_count, seal, closed_at, actor, reopened_at,
    reopened_by"""


def present(read: Reader, words: Mapping[str, object]) -> list[Row]:
    """order_id, number and the `FIGURES` of every order of a period ($first, $last, $currency), by id."""
    return read.rows(
        f"select p.*, o.number from ({_PRESENT}) p join orders o on o.id = p.order_id order by p.order_id", dict(words)
    )


def add(write: Writer, closing: Mapping[str, object], words: Mapping[str, object]) -> None:
    """Keep a closing, with every order of its period as `present` gives it."""
    write.insert("closings", [{**closing, "reopened_at": None, "reopened_by": ""}])
    write.execute(
        f"insert into closing_orders (closing_id, order_id, number, {', '.join(FIGURES)}) "
        f"select $closing::uuid, p.order_id, o.number, {', '.join(f'p.{name}' for name in FIGURES)} "
        f"from ({_PRESENT}) p join orders o on o.id = p.order_id",
        {**words, "closing": closing["id"]},
    )


def every(read: Reader) -> list[Row]:
    """All closings, the latest period first; of one period the latest closing first."""
    return read.rows(f"select {_COLUMNS} from closings order by last_on desc, first_on desc, closed_at desc, id")


def one(read: Reader, closing_id: str) -> Row | None:
    """A closing, or None."""
    return read.one(f"select {_COLUMNS} from closings where id = try_cast(? as uuid)", [closing_id])


def standing(read: Reader, first: date, last: date, currency: str) -> list[Row]:
    """The closings that stand and share a day with a period."""
    return read.rows(
        f"select {_COLUMNS} from closings "
        "where reopened_at is null and currency = ? and first_on <= ? and last_on >= ? order by first_on",
        [currency, last, first],
    )


def reopen(write: Writer, closing_id: str, at: object, actor: str) -> None:
    """The closing no longer stands; what it froze stays."""
    write.execute("update closings set reopened_at = ?, reopened_by = ? where id = ?::uuid", [at, actor, closing_id])


def frozen(read: Reader, closing_id: str) -> list[Row]:
    """order_id, number and the `FIGURES` as they were frozen, by id."""
    return read.rows(
        f"select order_id, number, {', '.join(FIGURES)} from closing_orders "
        "where closing_id = ?::uuid order by order_id",
        [closing_id],
    )


def seal(first: date, last: date, currency: str, rows: Iterable[Row]) -> str:
    """The SHA-256 of all that a closing froze; `rows` as `frozen` gives them."""
    told: list[Any] = [first.isoformat(), last.isoformat(), currency]
    told += [[row["order_id"], row["number"], *(f"{row[name]:.3f}" for name in FIGURES)] for row in rows]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def differing(read: Reader, closing_id: str, words: Mapping[str, object]) -> list[Row]:
    """order_id, number, changed_at (UTC, of the last event after the closing, None when the order is gone), and each of
    the `FIGURES` as then_… and now_…, of the orders that bring something else now than when the period was closed."""
    pairs = ", ".join(f"coalesce(f.{n}, 0) as then_{n}, coalesce(p.{n}, 0) as now_{n}" for n in FIGURES)
    changed = " or ".join(f"then_{n} <> now_{n}" for n in FIGURES)
    return read.rows(
        f"""
        with present as ({_PRESENT}),
        frozen as (select * from closing_orders where closing_id = $closing::uuid),
        compared as (
            select coalesce(f.order_id, p.order_id) as order_id, f.number as then_number, {pairs}
            from frozen f full join present p on p.order_id = f.order_id
        ),
        differing as (select * from compared where {changed}),
        events as (
            select order_id, max(happened_at) as changed_at from order_events
            where order_id in (select order_id from differing) and happened_at >= $closed_at
            group by order_id
        )
        select d.* exclude (then_number), coalesce(o.number, d.then_number) as number, e.changed_at
        from differing d left join orders o on o.id = d.order_id left join events e on e.order_id = d.order_id
        order by e.changed_at desc nulls last, d.order_id
        """,
        {**words, "closing": closing_id},
    )
