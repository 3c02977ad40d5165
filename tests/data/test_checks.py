"""Standing checks: a sound store passes them all, and each finds what it is for."""

from __future__ import annotations

import pytest

from data import cards, intake
from data.checks import CHECKS, check
from data.ids import new_id
from services.shop import Shop
from tests.data.orders import FIRST, ZONE, draft, rows

# check -> what breaks it
FAULTS = {
    "paid_is_the_sum_of_payments": "update orders set paid = paid + 1, due = greatest(total - paid - 1, 0)",
    "refunded_is_the_sum_of_refunds": "update orders set refunded = 1",
    "due_is_what_is_left_to_pay": "update orders set due = 1",
    "total_is_the_sum_of_its_parts": "update orders set shipping_fee = 3",
    "payments_are_in_the_currency_of_the_order": "update payments set currency = 'USD'",
    "lines_are_counted": "update orders set line_count = 9",
    "items_are_counted": "update orders set item_count = 9",
    "no_more_shipped_than_ordered": "update order_lines set shipped = 5 where position = 2",
    "no_more_in_parcels_than_ordered": "update shipment_lines set quantity = 5",
    "no_more_returned_than_ordered": "update order_lines set returned = 5 where position = 2",
    **{
        f"{table}_belong_to_an_order": f"update {table} set order_id = uuid()"
        for table in (
            "order_lines", "payments", "shipments", "shipment_lines", "order_notes", "order_events", "order_raws",
            "search_terms", "messages", "order_goods", "download_links", "downloads",
        )
    },
    "parcels_hold_lines_of_their_order": "update shipment_lines set line_id = uuid()",
    "orders_have_their_card": "update orders set email = 'else@example.com'",
    "orders_have_one_id": "insert into orders select * replace ('other' as source_id) from orders",
    "orders_come_from_a_source_once": "insert into orders select * replace (uuid() as id) from orders",
    "kept_content_belongs_to_an_import": (
        "insert into import_befores select uuid(), id, 1, 'order_lines', '[]' from orders"
    ),
    "messages_are_made_once": "insert into messages from messages",
    "reports_are_noted_once": """
        insert into message_events select uuid(), '00000000-0000-7000-8000-000000000001', now()::timestamp,
            'opened', '', 'one' from range(2)
    """,
    "pushes_belong_to_a_message": "insert into push_messages values (uuid(), uuid())",
    "files_belong_to_a_message": "insert into message_attachments values (uuid(), 1, 'a.csv', 'text/csv', '', 'YQ==')",
    "boards_hold_charts_that_are_kept": "insert into board_charts values (uuid(), uuid(), 1, false)",
    "alerts_stand_one_way": (
        "insert into alert_states select '00000000-0000-7000-8000-000000000001', false, null, null, null, "
        "now()::timestamp, '' from range(2)"
    ),
    "reports_go_out_once_a_day": (
        "insert into report_runs select uuid(), '00000000-0000-7000-8000-000000000001', '2026-03-01', "
        "now()::timestamp, 1, '' from range(2)"
    ),
    "requests_are_done_once": "insert into idempotency_keys from idempotency_keys",
    "jobs_settle_an_order_once": (
        "insert into job_results select id, 0, id, 'done', '', null, 0, placed_at from orders, range(2)"
    ),
    "documents_are_numbered_without_gaps": (
        "insert into documents select uuid(), id, uuid(), null, 'invoice', 'invoice:INV-2026-', 2, 'INV-2026-00002', "
        "placed_at, placed_on, '{}' from orders"
    ),
    "documents_name_a_logo_that_is_kept": (
        "insert into documents select uuid(), id, uuid(), null, 'invoice', 'invoice:INV-2026-', 1, 'INV-2026-00001', "
        """placed_at, placed_on, '{"logo": "0f"}' from orders"""
    ),
    "closings_come_to_what_their_orders_brought": (
        "insert into closings select uuid(), placed_on, placed_on, currency, "
        """'{"placed": "1", "paid": "0", "moved_paid": "0"}', 0, '', placed_at, 'merchant', null, '' from orders"""
    ),
    "a_product_has_one_cost_from_a_day_on": (
        "insert into product_costs select 'TASSE-1', currency, -1, null, '', placed_at, 'merchant' from orders"
    ),
    "orders_are_on_the_day_of_the_shop": "update orders set placed_month = '2026-04'",
    "payments_are_on_the_day_of_the_shop": "update payments set on_date = '2026-01-01'",
    "gift_cards_hold_no_less_than_nothing": "update gift_card_entries set amount = -1",
    "withdrawn_gift_cards_hold_nothing": "update gift_cards set voided_at = made_at",
    "gift_cards_are_issued_once": "insert into gift_card_entries from gift_card_entries",
    "gift_cards_are_told_apart_by_their_code": "insert into gift_cards from gift_cards",
    "gift_cards_belong_to_the_order_that_bought_them": "update gift_cards set line_id = uuid()",
    "entries_belong_to_a_gift_card": "update gift_card_entries set card_id = uuid()",
    "payments_by_gift_card_left_the_card": (
        "update gift_card_entries set kind = 'redeem', payment_id = uuid(), order_id = (select id from orders)"
    ),
    "links_open_files_for_lines_of_their_order": "update link_files set file_id = uuid()",
    "no_more_downloads_than_allowed": "update link_files set allowed = 0",
    "orders_are_found_by_their_number": "delete from search_terms where field = 'number'",
}  # fmt: skip

# a line whose file was downloaded once, and that brought a gift card
GOODS = (
    "insert into order_goods select id, 'done', '', '', placed_at from orders",
    "insert into digital_files select uuid(), 'liv-1', 'Livret.pdf', 'liv-1/Livret.pdf', 9, 1, null, null, true, "
    "placed_at, placed_at, 'Ada', null from orders",
    "insert into download_links select uuid(), id, uuid(), placed_at, 'hash', '', 'fr' from orders",
    "insert into link_files select d.id, l.order_id, l.id, f.id, 3, d.made_at, null, '' "
    "from download_links d, order_lines l, digital_files f where l.position = 1",
    "insert into downloads select uuid(), link_id, order_id, file_id, 'etag', 9, '[[0, 9]]', 9, expires_at, "
    "expires_at, expires_at, expires_at from link_files",
    "insert into gift_cards select uuid(), order_id, line_id, uuid(), expires_at, 'hash', '', '7K2P', 'EUR', null, "
    "'ines@example.com', '', '', '', null, 'fr', null, '' from link_files",
    "insert into gift_card_entries select uuid(), id, made_at, 'issue', 50, 'Ada', '', null, null, null "
    "from gift_cards",
)


def filled(shop: Shop) -> None:
    with shop.store.write() as write:
        intake.add(write, rows(draft(1)), ZONE)
        order_id = write.value("select id from orders")
        write.execute(
            "insert into order_notes by name select uuid() as id, id as order_id, placed_at as happened_at, "
            "'Ada' as author, 'Fragile' as text, '' as source_key from orders"
        )
        message = {"id": new_id(), "order_id": order_id, "happened_at": FIRST, "channel": "email", "template": "placed"}
        texts = ("language", "recipient", "sender", "subject", "body_text", "body_html", "state", "error")
        more = {"send_after": FIRST, "attempts": 0, "dedupe_key": "a", "provider_id": "", "updated_at": FIRST}
        write.insert("messages", [{**message, **dict.fromkeys(texts, ""), **more}])
        done = {"scope": "orders", "key": "k", "body_hash": "", "status": 201, "answer_json": "{}"}
        write.insert("idempotency_keys", [{**done, "happened_at": FIRST}])
        for sql in GOODS:
            write.execute(sql)


def broken(shop: Shop) -> dict[str, int]:
    with shop.store.read() as read:
        return {one.name: one.rows for one in check(read, ZONE) if one.rows}


def test_a_sound_store_passes_every_check(any_shop: Shop) -> None:
    filled(any_shop)
    assert broken(any_shop) == {}


@pytest.mark.parametrize("name", CHECKS)
def test_each_check_finds_its_fault(shop: Shop, name: str) -> None:
    filled(shop)
    with shop.store.write() as write:
        write.execute(FAULTS[name])
    assert broken(shop).get(name, 0) > 0


def test_sums_that_the_source_got_wrong_were_said_at_the_import(shop: Shop) -> None:
    filled(shop)
    with shop.store.write() as write:
        write.execute(FAULTS["total_is_the_sum_of_its_parts"])
        cards.renew(write, "true")
        order_id = write.value("select id from orders")
        texts = dict.fromkeys(("column_name", "value", "reason", "order_number", "raw"), "")
        write.insert(
            "import_findings",
            [{"run_id": new_id(), "severity": "warning", "row_number": 1, "order_id": order_id, **texts}],
        )
    assert broken(shop) == {}
