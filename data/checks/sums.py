"""Sums: what an order says of its money, lines and days is what these are."""

from __future__ import annotations

from data.checks.looking import listed
from data.intake import GIVEN_BACK, RECEIVED, due, local_day

_MONEY = f"""
    select o.number, o.paid, o.refunded,
        coalesce(sum(p.amount) filter (p.kind in ({listed(RECEIVED)})), 0) as is_paid,
        coalesce(sum(p.amount) filter (p.kind in ({listed(GIVEN_BACK)})), 0) as is_refunded
    from orders o left join payments p on p.order_id = o.id and p.voided_at is null
        and p.order_id > $least::uuid and p.order_id <= $most::uuid
    where o.id > $least::uuid and o.id <= $most::uuid
    group by o.id, o.number, o.paid, o.refunded
"""
_LINES = """
    select o.number, o.line_count, o.item_count, o.items_summary, o.kinds, count(l.id) as is_lines,
        coalesce(sum(l.quantity), 0) as is_items, coalesce(arg_min(l.name, l.position), '') as is_summary,
        coalesce(list_sort(list_distinct(list(l.kind) filter (l.id is not null))), []) as is_kinds
    from orders o left join order_lines l on l.order_id = o.id
        and l.order_id > $least::uuid and l.order_id <= $most::uuid
    where o.id > $least::uuid and o.id <= $most::uuid
    group by o.id, o.number, o.line_count, o.item_count, o.items_summary, o.kinds
"""
# how a customer is known; letters that two programs put into lower case by different rules count as the same
_KEY = "coalesce(nullif(email, ''), nullif(name, ''), billing_name)"

# name -> SQL for the rows that break it, with a column `number` that tells which
CHECKS: dict[str, str] = {
    "paid_is_the_sum_of_payments": f"select number from ({_MONEY}) where paid <> is_paid",
    "refunded_is_the_sum_of_refunds": f"select number from ({_MONEY}) where refunded <> is_refunded",
    "due_is_what_is_left_to_pay": f"select number from orders where due <> {due(str)}",
    # what a source itself got wrong was said when it was imported
    "total_is_the_sum_of_its_parts": """
        select o.number from orders o
        anti join (select order_id from import_findings where severity = 'warning') f on f.order_id = o.id
        where o.total <> o.subtotal - o.discount + o.shipping_fee + o.handling_fee
            + case when o.tax_included then 0 else o.tax end
    """,
    "payments_are_in_the_currency_of_the_order": """
        select o.number from payments p join orders o on o.id = p.order_id where p.currency <> o.currency
    """,
    "lines_are_counted": f"select number from ({_LINES}) where line_count <> is_lines",
    "items_are_counted": f"select number from ({_LINES}) where item_count <> is_items",
    "orders_are_on_the_day_of_the_shop": f"""
        select number from orders
        where placed_on <> {local_day("placed_at")} or placed_month <> strftime(placed_on, '%Y-%m')
    """,
    "payments_are_on_the_day_of_the_shop": f"""
        select o.number from payments p join orders o on o.id = p.order_id
        where p.on_date is distinct from {local_day("p.happened_at")}
    """,
    "amounts_of_payments_are_not_below_nothing": """
        select o.number from payments p join orders o on o.id = p.order_id where p.amount < 0
    """,
    "products_of_an_order_are_those_of_its_lines": (
        f"select number from ({_LINES}) where items_summary <> is_summary or kinds <> is_kinds"
    ),
    "lines_come_to_their_total": """
        select o.number from order_lines l join orders o on o.id = l.order_id
        where o.import_run_id is null and abs(l.total - (l.quantity * l.unit_price - l.discount)) > 0.01
    """,
    "orders_are_sorted_by_their_number": """
        select number from orders where number_sort is distinct from
            try_cast(nullif(regexp_extract(number, '(\\d{1,18})\\D*$', 1), '') as bigint)
    """,
    "orders_go_to_the_country_of_their_address": """
        select number from orders where country <> coalesce(nullif(shipping_country, ''), billing_country)
    """,
    "customers_are_known_by_their_address": f"""
        select number from orders where customer_key <> lower({_KEY})
            and lower(strip_accents(customer_key)) <> lower(strip_accents({_KEY}))
    """,
}
