"""Conditions on what an order's facts say, not its own row: its lines as figures count them, the movements of its
money, its refunds and its mails. SQL for ids of orders; `{}` in it is the SQL of a value.

What one movement must meet together (its day, its method, its provider) is asked of one movement, and so of a mail.
"""

from __future__ import annotations

from collections.abc import Sequence

from data import kept, product_costs
from data.dimensions import CUTS, Dimension
from data.filters import Condition, Field, Presence, Range, Text, Value
from data.intake import GIVEN_BACK, RECEIVED
from data.ranges import Add, within

# What lines are told apart by, shipping and fees as a line of their own.
OF_LINES = {Field.CATEGORY: Dimension.CATEGORY, Field.TAX_RATE: Dimension.TAX_RATE}
# What movements and mails are, by their rows `p`, `m` and the order `w`.
_MOVED_ON = "coalesce(p.on_date, w.placed_on)"
_OF_MOVEMENT = {
    Field.MOVED: _MOVED_ON,
    Field.MOVED_BY: "lower(coalesce(nullif(p.method, ''), w.payment_method))",
    Field.PROVIDER: "lower(p.provider)",
    Field.REFERENCE: "lower(p.reference)",
}
_OF_MAIL = {Field.MAIL: "m.template", Field.MESSAGE: "m.state"}
_MOVEMENTS = f"""
    select p.order_id from payments p join orders w on w.id = p.order_id
    where p.voided_at is null and p.kind in {(*RECEIVED, *GIVEN_BACK)}
"""
_MAILS = "select m.order_id from messages m where m.channel = 'email'"
# As queries/facts/refunds.sql has it.
_REASONS = f"""
    select p.order_id from payments p left join order_events e on e.id = p.event_id left join (
        select order_id, arg_max(reason, happened_at) as reason from order_events
        where kind = 'refunded' group by order_id
    ) r on r.order_id = p.order_id
    where p.voided_at is null and p.kind in {GIVEN_BACK} and lower(coalesce(e.reason, r.reason, ''))
"""
# What a customer's orders that stand come to, each currency by itself.
_TOTALS = """
    select (customer_key, currency) from orders where customer_key <> '' and payment_status <> 'cancelled'
    group by customer_key, currency having
"""
_OF_MOVEMENT_ONLY = frozenset({Field.MOVED_BY, Field.PROVIDER, Field.REFERENCE})
FIELDS = frozenset({*OF_LINES, *_OF_MOVEMENT_ONLY, Field.MAIL, Field.REFUND_REASON, Field.CUSTOMER_TOTAL})


def joined(conditions: Sequence[Condition], add: Add) -> tuple[list[str], list[Condition]]:
    """SQL for what is asked of one movement or of one mail together, and the conditions that are left."""
    made, left = [], list(conditions)
    for rows, of, own in (
        (_MOVEMENTS, _OF_MOVEMENT, _OF_MOVEMENT_ONLY),
        (_MAILS, _OF_MAIL, {Field.MAIL}),
    ):
        asked = [one for one in left if one.field in of and not one.is_negated and Presence.ANY not in one.values]
        if any(one.field in own for one in asked):
            left = [one for one in left if one not in asked]
            parts = [" or ".join(_meets(of[one.field], value, add) for value in one.values) for one in asked]  # type: ignore[index]
            made.append(f"o.id in ({rows} and ({') and ('.join(parts)}))")
    return made, left


def sql(field: Field, value: Value, add: Add) -> str:
    """SQL that is true of an order with a value of one of `FIELDS`; none asks for something that says nothing there."""
    if field in OF_LINES:
        return f"o.id in ({_lines(field, value, add)})"
    if field is Field.CUSTOMER_TOTAL:
        if isinstance(value, Presence):
            return "o.customer_key <> ''" if value is Presence.ANY else "o.customer_key = ''"
        return f"(o.customer_key, o.currency) in ({_TOTALS} {_compared('sum(total)', value, add)})"
    if field is Field.REFUND_REASON:
        return f"o.id in ({_REASONS} {_equal(value, add)})"
    rows, of = (_MAILS, _OF_MAIL) if field is Field.MAIL else (_MOVEMENTS, _OF_MOVEMENT)
    return f"o.id in ({rows} and {_meets(of[field], value, add)})"


def fees() -> str:
    """SQL that is true of an order with something that its lines do not explain."""
    return "o.id in (with " + ",\n".join(kept.line_rows()) + "\nselect id from line_rows where kind = '')"


def _lines(field: Field, value: Value, add: Add) -> str:
    """Orders with a line, or a rest, that figures tell apart by that value."""
    key = CUTS[OF_LINES[field]].key
    if field is Field.CATEGORY and isinstance(value, Text):  # needs no shares
        (categories,) = product_costs.steps(key)
        return (
            f"with {categories} select l.order_id from order_lines l join categories g "
            f"on g.product_key = if(l.sku = '', l.name, l.sku) where lower(g.category) = lower({add(value.text)})"
        )
    steps = [*kept.line_rows(is_rated=field is Field.TAX_RATE), *product_costs.steps(key)]
    facts = f"line_rows f{product_costs.beside(key)}"
    return "with " + ",\n".join(steps) + f"\nselect f.id from {facts} where {_told(key, value, add)}"


def _told(key: str, value: Value, add: Add) -> str:
    if not isinstance(value, Presence):
        return _compared(key, value, add)
    has = f"{key} is not null and cast({key} as varchar) <> ''"
    return has if value is Presence.ANY else f"not ({has})"


def _meets(column: str, value: Value, add: Add) -> str:
    return within(column, value, add) if isinstance(value, Range) else f"{column} {_equal(value, add)}"


def _equal(value: Value, add: Add) -> str:
    if isinstance(value, Presence):
        return "<> ''" if value is Presence.ANY else "= ''"
    return f"= lower({add(value.text)})" if isinstance(value, Text) else "is null"


def _compared(column: str, value: Value, add: Add) -> str:
    """SQL for a column that only ranges are asked of."""
    return within(column, value, add) if isinstance(value, Range) else f"{column} is null"
