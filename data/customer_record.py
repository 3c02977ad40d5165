"""One customer as the orders tell: what was bought, what staff noted, which mails were written."""

from __future__ import annotations

from collections.abc import Sequence

from data.store import Reader, Row

# The orders of the customer, in a shape that parts of orders are joined to.
_OWN = "select id, number, placed_at, currency, payment_status from orders where customer_key = $key"


def key_of(read: Reader, mark: int) -> str | None:
    """The key of the customer whose mark (the first half of its MD5, the lowest byte first) this is."""
    asked = "select min(customer_key) from orders where customer_key <> '' and md5_number_upper(customer_key) = $mark"
    found: str | None = read.known(asked, {"mark": mark})[0][0]
    return found


def sums(read: Reader, key: str, cancelled: str) -> list[Row]:
    """For each currency what was ordered, paid and given back, with the first and the last day; what was ordered leaves
    cancelled orders out. The currency with most orders first."""
    return read.rows(
        "select currency, count(*) filter (where payment_status <> $cancelled) as orders, "
        "count(*) filter (where payment_status = $cancelled) as cancelled_orders, "
        "coalesce(sum(total) filter (where payment_status <> $cancelled), 0) as placed, "
        "sum(paid) as paid, sum(refunded) as refunded, "
        "min(placed_on) filter (where payment_status <> $cancelled) as first_on, "
        "max(placed_on) filter (where payment_status <> $cancelled) as last_on "
        "from orders where customer_key = $key group by currency order by orders desc, currency",
        {"key": key, "cancelled": cancelled},
    )


def orders(read: Reader, key: str, limit: int) -> list[Row]:
    """The latest orders, newest first, without addresses and parts."""
    return read.rows(
        "select id, number, placed_at, payment_status, fulfilment_status, currency, total, items_summary, item_count, "
        "payment_method, payment_method_label from orders where customer_key = $key "
        "order by placed_at desc, id desc limit $limit",
        {"key": key, "limit": limit},
    )


def products(read: Reader, key: str, cancelled: str, limit: int) -> list[Row]:
    """What was bought, by SKU, else by name, and currency: in how many orders, how many, for how much, when last. What
    was bought most often first."""
    return read.rows(
        f"with own as ({_OWN} and payment_status <> $cancelled) "
        "select any_value(l.sku) as sku, arg_max(l.name, own.placed_at) as product, own.currency, "
        "count(distinct own.id) as orders, sum(l.quantity) as quantity, sum(l.total) as total, "
        "max(own.placed_at) as last_at from own join order_lines l on l.order_id = own.id "
        "group by if(l.sku = '', l.name, l.sku), own.currency order by orders desc, total desc, product limit $limit",
        {"key": key, "cancelled": cancelled, "limit": limit},
    )


def notes(read: Reader, key: str, limit: int) -> list[Row]:
    """What staff noted on any of the orders, the latest first."""
    return read.rows(
        f"with own as ({_OWN}) select n.happened_at, n.author, n.text, own.id as order_id, own.number "
        "from own join order_notes n on n.order_id = own.id where n.voided_at is null "
        "order by n.happened_at desc, n.id desc limit $limit",
        {"key": key, "limit": limit},
    )


def mails(read: Reader, key: str, channel: str, for_shop: Sequence[str], limit: int) -> list[Row]:
    """Which mails any of the orders gave rise to, without the templates `for_shop`, the latest first."""
    return read.rows(
        f"with own as ({_OWN}) select m.id, m.happened_at, m.template, m.subject, m.recipient, m.state, "
        "own.id as order_id, own.number from own join messages m on m.order_id = own.id "
        "where m.channel = $channel and not list_contains($for_shop, m.template) "
        "order by m.happened_at desc, m.id desc limit $limit",
        {"key": key, "channel": channel, "for_shop": list(for_shop), "limit": limit},
    )
