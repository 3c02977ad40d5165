"""Goods: parcels, links, downloads and gift cards against what was ordered and what was let."""

from __future__ import annotations

from data.checks.looking import twice

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

CHECKS: dict[str, str] = {
    "no_more_shipped_than_ordered": """
        select o.number from order_lines l join orders o on o.id = l.order_id where l.shipped > l.quantity
    """,
    "no_more_in_parcels_than_ordered": f"select o.number from ({_PARCELS}) p join orders o on o.id = p.order_id",
    "no_more_returned_than_ordered": """
        select o.number from order_lines l join orders o on o.id = l.order_id where l.returned > l.quantity
    """,
    "parcels_hold_lines_of_their_order": """
        select c.order_id::varchar as number from shipment_lines c
        left join order_lines l on l.id = c.line_id and l.order_id = c.order_id
        left join shipments s on s.id = c.shipment_id and s.order_id = c.order_id
        where l.id is null or s.id is null
    """,
    "gift_cards_hold_no_less_than_nothing": f"select number from ({_CARDS}) where balance < 0",
    "withdrawn_gift_cards_hold_nothing": f"select number from ({_CARDS}) where voided_at is not null and balance <> 0",
    "gift_cards_are_issued_once": f"select number from ({_CARDS}) where issued <> 1",
    "gift_cards_are_told_apart_by_their_code": twice("gift_cards", "code_hash", "last4"),
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
    "no_more_back_from_a_parcel_than_in_it": """
        select o.number from shipment_lines s join orders o on o.id = s.order_id where s.returned > s.quantity
    """,
    "quantities_are_not_below_nothing": """
        select o.number from order_lines l join orders o on o.id = l.order_id
        where least(l.quantity, l.shipped, l.returned, l.refunded) < 0
    """,
}
