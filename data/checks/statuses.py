"""Statuses against facts: every word is one of ours, and where the facts are all ours it follows from them."""

from __future__ import annotations

from data.checks.looking import listed

# column -> the words that may stand there; a test holds them and the words of the services together
WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("orders", "payment_status"): (
        "awaiting_payment", "authorised", "partially_paid", "paid", "partially_refunded", "refunded", "cancelled",
    ),
    ("orders", "fulfilment_status"): (
        "awaiting_processing", "processing", "on_hold", "partially_shipped", "ready_for_pickup", "out_for_delivery",
        "shipped", "delivered", "returned", "will_not_deliver",
    ),
    ("order_lines", "kind"): ("physical", "digital", "gift_card"),
    ("payments", "kind"): ("charge", "gift_card", "refund", "authorisation", "capture", "void", "failure"),
    ("messages", "state"): (
        "waiting", "sending", "accepted", "delivered", "bounced", "failed", "unsure", "cancelled",
    ),
    ("jobs", "state"): ("waiting", "running", "done", "stopped", "failed", "undone"),
    ("import_runs", "state"): ("running", "done", "failed", "interrupted"),
}  # fmt: skip
_OF = {"orders": "number", "order_lines": "order_id", "payments": "order_id"}

# Orders of which Comptoir knows every fact: taken here, and nobody set a status by hand or took a step back.
_NOT_OURS = "('imported', 'import_changed', 'corrected', 'undone')"
_KNOWN = f"""
    orders o
    left join (
        select order_id, count(*) as facts,
            coalesce(sum(amount) filter (kind = 'authorisation'), 0)
                - coalesce(sum(amount) filter (kind in ('capture', 'charge', 'void')), 0) as promised
        from payments where voided_at is null and kind <> 'failure'
            and order_id > $least::uuid and order_id <= $most::uuid
        group by order_id
    ) p on p.order_id = o.id
    left join (
        select order_id, sum(shipped) as shipped, sum(returned) as returned,
            sum(greatest(quantity - shipped, 0)) as left_here
        from order_lines where kind = 'physical' and order_id > $least::uuid and order_id <= $most::uuid
        group by order_id
    ) l on l.order_id = o.id
    anti join (
        select order_id from order_events
        where kind in {_NOT_OURS} and order_id > $least::uuid and order_id <= $most::uuid
    ) e on e.order_id = o.id
"""
_FOLLOWS = """case
        when o.refunded > 0 then if(o.refunded >= o.paid, 'refunded', 'partially_refunded')
        when o.paid >= o.total then 'paid'
        when o.paid > 0 then 'partially_paid'
        when p.promised > 0 then 'authorised'
        else 'awaiting_payment'
    end"""


def _unknown(table: str, column: str, words: tuple[str, ...]) -> str:
    return f"select {_OF.get(table, 'id')}::varchar as number from {table} where {column} not in ({listed(words)})"


_HERE = "o.id > $least::uuid and o.id <= $most::uuid and o.import_run_id is null"

CHECKS: dict[str, str] = {
    **{
        f"{table}_have_a_{column}_that_we_know": _unknown(table, column, words)
        for (table, column), words in WORDS.items()
    },
    "payment_status_follows_from_the_money": f"""
        select o.number from {_KNOWN}
        where {_HERE} and p.facts > 0 and o.payment_status <> 'cancelled'
            and o.payment_status <> {_FOLLOWS}
    """,
    "money_that_was_given_back_came_in": f"""
        select o.number from {_KNOWN}
        where {_HERE} and o.refunded > o.paid
    """,
    "fulfilment_status_follows_from_the_goods": f"""
        select o.number from {_KNOWN}
        where {_HERE} and (
            (o.fulfilment_status = 'shipped' and l.left_here > 0)
            or (o.fulfilment_status = 'partially_shipped' and (coalesce(l.shipped, 0) = 0 or l.left_here = 0))
            or (o.fulfilment_status = 'returned' and coalesce(l.returned, 0) < coalesce(l.shipped, 0))
        )
    """,
}
