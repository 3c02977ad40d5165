"""Standing checks on the data itself: what must be true of every store, as questions for the rows that break it."""

from __future__ import annotations

from data import cards
from data.checks import kept, log
from data.checks.looking import EXAMPLES, Checked, found
from data.checks.looking import listed as _listed
from data.checks.looking import twice as _twice
from data.intake import GIVEN_BACK, RECEIVED, due, local_day
from data.store import Reader

__all__ = ["CHECKS", "Checked", "check"]


_MONEY = f"""
    select o.number, o.paid, o.refunded,
        coalesce(sum(p.amount) filter (p.kind in ({_listed(RECEIVED)})), 0) as is_paid,
        coalesce(sum(p.amount) filter (p.kind in ({_listed(GIVEN_BACK)})), 0) as is_refunded
    from orders o left join payments p on p.order_id = o.id and p.voided_at is null
    group by o.id, o.number, o.paid, o.refunded
"""
_LINES = """
    select o.number, o.line_count, o.item_count, count(l.id) as is_lines, coalesce(sum(l.quantity), 0) as is_items
    from orders o left join order_lines l on l.order_id = o.id
    group by o.id, o.number, o.line_count, o.item_count
"""
_PARCELS = """
    select l.order_id, sum(sl.quantity) as sent, any_value(l.quantity) as ordered
    from shipment_lines sl
    join shipments s on s.id = sl.shipment_id and s.voided_at is null
    join order_lines l on l.id = sl.line_id
    group by l.order_id, l.id having sum(sl.quantity) > any_value(l.quantity)
"""

_CARDS = """
    select any_value(c.last4) as number, any_value(c.voided_at) as voided_at, coalesce(sum(e.amount), 0) as balance,
        count(*) filter (e.kind = 'issue') as issued
    from gift_cards c left join gift_card_entries e on e.card_id = c.id group by c.id
"""


def _orphans(table: str) -> str:
    return f"select c.order_id::varchar as number from {table} c anti join orders o on o.id = c.order_id " + (
        "where c.order_id is not null" if table == "messages" else ""
    )


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
    "no_more_shipped_than_ordered": """
        select o.number from order_lines l join orders o on o.id = l.order_id where l.shipped > l.quantity
    """,
    "no_more_in_parcels_than_ordered": f"select o.number from ({_PARCELS}) p join orders o on o.id = p.order_id",
    "no_more_returned_than_ordered": """
        select o.number from order_lines l join orders o on o.id = l.order_id where l.returned > l.quantity
    """,
    **{
        f"{table}_belong_to_an_order": _orphans(table)
        for table in (
            "order_lines", "payments", "shipments", "shipment_lines", "order_notes", "order_events", "order_raws",
            "search_terms", "messages", "order_goods", "download_links", "downloads",
        )
    },
    "parcels_hold_lines_of_their_order": """
        select c.order_id::varchar as number from shipment_lines c
        left join order_lines l on l.id = c.line_id and l.order_id = c.order_id
        left join shipments s on s.id = c.shipment_id and s.order_id = c.order_id
        where l.id is null or s.id is null
    """,
    # by the hash of the two texts: a million of them do not fit into the store's memory
    "orders_have_their_card": f"""
        select coalesce(o.number, c.order_id::varchar) as number
        from (select id, number, hash({cards.text(str)}) as card from orders) o
        full join (select order_id, hash(json(card)::varchar) as card from order_cards) c on c.order_id = o.id
        where o.card is distinct from c.card
    """,
    "orders_have_one_id": _twice("orders", "id", "number"),
    "orders_come_from_a_source_once": _twice("orders", "source, source_id", "number"),
    "kept_content_belongs_to_an_import": """
        select b.order_id::varchar as number from import_befores b anti join import_runs r on r.id = b.run_id
    """,
    "messages_are_made_once": _twice("messages", "dedupe_key", "dedupe_key", "dedupe_key <> ''"),
    "reports_are_noted_once": _twice(
        "message_events", "message_id, provider_event_id", "message_id", "provider_event_id <> ''"
    ),
    "pushes_belong_to_a_message": """
        select c.message_id::varchar as number from push_messages c anti join messages m on m.id = c.message_id
    """,
    "files_belong_to_a_message": """
        select c.message_id::varchar as number from message_attachments c anti join messages m on m.id = c.message_id
    """,
    "boards_hold_charts_that_are_kept": """
        select p.board_id::varchar as number from board_charts p
        left join boards b on b.id = p.board_id left join kept_charts c on c.id = p.chart_id
        where b.id is null or c.id is null
    """,
    "alerts_stand_one_way": _twice("alert_states", "alert_id", "alert_id"),
    "reports_go_out_once_a_day": _twice("report_runs", "report_id, due_on", "report_id"),
    "requests_are_done_once": _twice("idempotency_keys", "scope, key", "key"),
    "jobs_settle_an_order_once": _twice("job_results", "job_id, position", "job_id"),
    "documents_are_numbered_without_gaps": """
        select series as number from documents group by series
        having count(*) <> max(position) or count(*) <> count(distinct position)
    """,
    "documents_name_a_logo_that_is_kept": """
        select d.number from (select number, json_extract_string(content_json, '$.logo') as logo from documents) d
        anti join document_logos l on l.name = d.logo where d.logo not like '<%' and d.logo <> ''
    """,
    "orders_are_on_the_day_of_the_shop": f"""
        select number from orders
        where placed_on <> {local_day("placed_at")} or placed_month <> strftime(placed_on, '%Y-%m')
    """,
    "payments_are_on_the_day_of_the_shop": f"""
        select o.number from payments p join orders o on o.id = p.order_id
        where p.on_date is distinct from {local_day("p.happened_at")}
    """,
    "gift_cards_hold_no_less_than_nothing": f"select number from ({_CARDS}) where balance < 0",
    "withdrawn_gift_cards_hold_nothing": f"select number from ({_CARDS}) where voided_at is not null and balance <> 0",
    "gift_cards_are_issued_once": f"select number from ({_CARDS}) where issued <> 1",
    "gift_cards_are_told_apart_by_their_code": _twice("gift_cards", "code_hash", "last4"),
    "gift_cards_belong_to_the_order_that_bought_them": """
        select c.last4 as number from gift_cards c
        anti join order_lines l on l.id = c.line_id and l.order_id = c.order_id
        where c.order_id is not null
    """,
    "entries_belong_to_a_gift_card": """
        select e.card_id::varchar as number from gift_card_entries e anti join gift_cards c on c.id = e.card_id
    """,
    "payments_by_gift_card_left_the_card": """
        select o.number from gift_card_entries e join orders o on o.id = e.order_id
        anti join (select id, amount from payments where kind = 'gift_card') p
            on p.id = e.payment_id and p.amount = -e.amount
        where e.kind = 'redeem'
    """,
    "links_open_files_for_lines_of_their_order": """
        select f.order_id::varchar as number from link_files f
        left join download_links d on d.id = f.link_id and d.order_id = f.order_id
        left join order_lines l on l.id = f.line_id and l.order_id = f.order_id
        left join digital_files g on g.id = f.file_id
        -- an import may give an order's lines anew
        left join orders o on o.id = f.order_id
        where d.id is null or g.id is null or (l.id is null and o.import_run_id is null)
    """,
    "no_more_downloads_than_allowed": """
        select any_value(d.order_id)::varchar as number
        from (select link_id, file_id, any_value(order_id) as order_id, count(*) as done from downloads
            where completed_at is not null group by link_id, file_id) d
        join (select link_id, file_id, sum(allowed) as allowed from link_files group by link_id, file_id) f
            on f.link_id = d.link_id and f.file_id = d.file_id
        where d.done > f.allowed group by d.link_id, d.file_id
    """,
    "closings_come_to_what_their_orders_brought": """
        select any_value(c.first_on)::varchar as number from closings c
        left join closing_orders o on o.closing_id = c.id
        group by c.id
        having count(o.order_id) <> any_value(c.order_count)
            or coalesce(sum(o.placed), 0) <> cast(any_value(c.figures_json) ->> '$.placed' as decimal(18, 3))
            or coalesce(sum(o.paid), 0) <> cast(any_value(c.figures_json) ->> '$.paid' as decimal(18, 3))
            or coalesce(sum(o.moved_paid), 0) <> cast(any_value(c.figures_json) ->> '$.moved_paid' as decimal(18, 3))
    """,
    "a_product_has_one_cost_from_a_day_on": """
        select product_key as number from product_costs
        group by product_key, currency, since_on
        having count(*) > 1 or min(unit_cost) < 0
    """,
    "orders_are_found_by_their_number": """
        select o.number from orders o
        anti join (select order_id from search_terms where field = 'number') t on t.order_id = o.id
        where o.number <> ''
    """,
}  # fmt: skip


def check(read: Reader, zone: str) -> list[Checked]:
    """Every check over the whole store; `zone` is the shop's time zone."""
    told = []
    for name, broken in CHECKS.items():
        told.append(Checked(name, *found(read, broken, {"zone": zone} if "$zone" in broken else None)))
    return [*told, *(Checked(*one) for one in kept.broken(read, EXAMPLES)), *log.broken(read)]
