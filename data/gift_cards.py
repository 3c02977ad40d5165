"""Gift cards and the entries that make their balance."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from data.store import Reader, Row, Writer

_CARD = (
    "c.id, c.order_id, c.line_id, c.event_id, c.made_at, c.sealed_code, c.last4, c.currency, c.expires_on, "
    "c.recipient_email, c.recipient_name, c.sender_name, c.message, c.send_on, c.language, c.voided_at, c.voided_why"
)
_WITH_SUMS = f"""
    select {_CARD}, o.number as order_number, o.name as customer,
        coalesce((select sum(e.amount) from gift_card_entries e where e.card_id = c.id), 0)::decimal(18, 3) as balance,
        coalesce((select sum(e.amount) from gift_card_entries e where e.card_id = c.id and e.kind = 'issue'), 0)
            ::decimal(18, 3) as value,
        exists (select 1 from gift_card_entries e where e.card_id = c.id and e.kind = 'redeem') as is_spent
    from gift_cards c left join orders o on o.id = c.order_id
"""


def add(write: Writer, cards: Sequence[Row]) -> None:
    """Keep new cards."""
    write.insert("gift_cards", cards)


def enter(write: Writer, entries: Sequence[Row]) -> None:
    """Append entries to the ledger."""
    write.insert("gift_card_entries", entries)


def change(write: Writer, card_id: str, values: Mapping[str, object]) -> None:
    """Set columns of a card; the names are ours."""
    settings = ", ".join(f"{name} = ?" for name in values)
    write.execute(f"update gift_cards set {settings} where id = ?::uuid", [*values.values(), card_id])


def one(read: Reader, card_id: str) -> Row | None:
    """A card with its value, balance, and whether anything was spent of it."""
    return read.one(f"{_WITH_SUMS} where c.id = try_cast(? as uuid)", [card_id])


def by_code(read: Reader, code_hash: str) -> Row | None:
    """The card whose code has this hash."""
    return read.one(f"{_WITH_SUMS} where c.code_hash = ?", [code_hash])


def of_order(read: Reader, order_id: str) -> list[Row]:
    """The cards that an order bought, oldest first."""
    return read.rows(f"{_WITH_SUMS} where c.order_id = ?::uuid order by c.made_at, c.id", [order_id])


def spent_on(read: Reader, order_id: str) -> list[Row]:
    """Cards that paid for an order, by what of their money it still holds: card_id, amount (above zero)."""
    return read.rows(
        "select card_id, -sum(amount) as amount from gift_card_entries where order_id = ?::uuid "
        "and kind in ('redeem', 'refund', 'restore') group by card_id having sum(amount) < 0 order by card_id",
        [order_id],
    )


def entries(read: Reader, card_id: str) -> list[Row]:
    """A card's ledger, oldest first, each entry with the number of the order that it is about."""
    return read.rows(
        "select e.*, o.number as order_number from gift_card_entries e left join orders o on o.id = e.order_id "
        "where e.card_id = ?::uuid order by e.happened_at, e.id",
        [card_id],
    )


def entries_of_event(read: Reader, event_id: str) -> list[Row]:
    """What an order's event moved on cards."""
    return read.rows("select * from gift_card_entries where event_id = ?::uuid order by id", [event_id])


def sealed_codes(read: Reader, ids: Sequence[str]) -> dict[str, Row]:
    """order_id and sealed_code of cards, by id."""
    rows = read.rows(
        "select id, order_id, sealed_code from gift_cards where id in (select unnest(?)::uuid)", [list(ids)]
    )
    return {row["id"]: row for row in rows}


def expired(read: Reader, today: date, limit: int) -> list[Row]:
    """Cards that are past their last day and still hold money."""
    return read.rows(
        f"select * from ({_WITH_SUMS} where c.expires_on < ? and c.voided_at is null) "
        "where balance > 0 order by made_at limit ?",
        [today, limit],
    )


def page(read: Reader, text: str, limit: int, offset: int) -> list[Row]:
    """Cards that hold `text` in their last four signs, recipient or order number, newest first."""
    condition, params = _holds(text)
    return read.rows(
        f"{_WITH_SUMS} where {condition} order by c.made_at desc, c.id desc limit $limit offset $offset",
        {**params, "limit": limit, "offset": offset},
    )


def sums(read: Reader, text: str) -> list[Row]:
    """How many cards hold `text`, and what they are still worth, by currency."""
    condition, params = _holds(text)
    return read.rows(
        f"select currency, count(*) as count_cards, sum(balance)::decimal(18, 3) as balance "
        f"from ({_WITH_SUMS} where {condition}) group by currency order by count_cards desc, currency",
        params,
    )


def is_used(read: Reader) -> bool:
    """Whether the shop has any card."""
    return bool(read.value("select exists (select 1 from gift_cards)"))


def _holds(text: str) -> tuple[str, dict[str, object]]:
    wanted = text.strip().lstrip("#•").strip()
    if not wanted:
        return "true", {}
    held = "%" + re.sub(r"([\\%_])", r"\\\1", wanted) + "%"
    held_by = ("c.last4", "c.recipient_email", "c.recipient_name", "o.number", "o.email")
    condition = " or ".join(f"{column} ilike $text escape '\\'" for column in held_by)
    return f"({condition})", {"text": held}
