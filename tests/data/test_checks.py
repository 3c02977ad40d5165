"""Standing checks: a sound store passes them all, and each finds what it is for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest

from data import cards, closings, intake, refreshing
from data.checks import CHECKS, NAMES, Checked, check, finding, history, kept, keys, log, papers, statuses
from data.checks.looking import asked
from data.closings import FIGURES
from data.home import Home
from data.ids import new_id
from data.migrations import migrate
from data.store import Reader, Row, Store, Writer
from services.imports.result import RunState
from services.jobs import JobState
from services.messages.states import MessageState
from services.orders.statuses import FulfilmentStatus, Kind, PaymentKind, PaymentStatus
from services.shop import Shop
from tests.data.orders import FIRST, ZONE, draft, rows

# an order of which Comptoir knows every fact
OURS = "update order_events set kind = 'placed'"

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
    **{f"{table}_belong_to_an_order": f"update {table} set order_id = uuid()" for table in keys.OF_ORDERS},
    **{f"{table}_have_an_id_of_their_own": f"insert into {table} from {table}" for table in keys.WITH_IDS},
    **{f"{table}_were_made_by_an_event": f"update {table} set event_id = uuid()" for table in keys.OF_EVENTS},
    **{
        f"{table}_have_a_{column}_that_we_know": f"update {table} set {column} = 'else'"
        for table, column in statuses.WORDS
    },
    "amounts_of_payments_are_not_below_nothing": "update payments set amount = -1",
    "products_of_an_order_are_those_of_its_lines": "update orders set kinds = ['digital']",
    "lines_come_to_their_total": "update order_lines set total = total + 1",
    "orders_are_sorted_by_their_number": "update orders set number_sort = 7",
    "orders_go_to_the_country_of_their_address": "update orders set country = 'BE'",
    "customers_are_known_by_their_address": "update orders set customer_key = 'else@example.com'",
    "no_more_back_from_a_parcel_than_in_it": "update shipment_lines set returned = 2",
    "quantities_are_not_below_nothing": "update order_lines set refunded = -1",
    "undos_undo_an_event_of_their_order": "update order_events set undoes = uuid()",
    "imported_orders_belong_to_an_import": "update orders set import_run_id = uuid()",
    "findings_belong_to_an_import": "update import_findings set run_id = uuid()",
    "picks_belong_to_an_order_of_a_round": "update round_picks set round_id = uuid()",
    "orders_of_a_round_belong_to_a_round": "update round_orders set round_id = uuid()",
    "reports_show_what_is_kept": "update reports set chart_id = uuid()",
    "states_belong_to_an_alert": "update alert_states set alert_id = uuid()",
    "jobs_hold_the_orders_they_were_asked_for": "update jobs set item_count = 2",
    "results_belong_to_an_order_of_a_job": "update job_results set position = 9",
    "finished_jobs_have_settled_every_order": "delete from job_results",
    "results_name_an_event_of_their_order": "update job_results set event_id = uuid()",
    "no_more_orders_than_an_import_brought": (
        "update orders set import_run_id = (select id from import_runs); update import_runs set new_count = 0"
    ),
    "imports_that_ended_say_when": "update import_runs set finished_at = null",
    "notes_belong_to_a_message": "update message_events set message_id = uuid()",
    "what_was_undone_does_not_wait_to_be_sent": (
        "insert into order_events select * replace (uuid() as id, id as undoes) from order_events"
    ),
    "messages_were_taken_once": "insert into message_events select * replace (uuid() as id) from message_events",
    "messages_that_left_were_tried": "update messages set state = 'accepted'",
    "messages_that_wait_are_in_nobodys_hands": "update messages set handed_at = happened_at",
    "documents_are_numbered_once": (
        "insert into documents select * replace (uuid() as id, position + 1 as position) from documents"
    ),
    "orders_of_a_closing_belong_to_a_closing": "update closing_orders set closing_id = uuid()",
    "closings_are_as_they_were_sealed": "update closing_orders set refunded = refunded + 1",
    "payment_status_follows_from_the_money": f"{OURS}; update orders set payment_status = 'partially_paid'",
    "money_that_was_given_back_came_in": f"{OURS}; update orders set refunded = paid + 1",
    "fulfilment_status_follows_from_the_goods": f"{OURS}; update orders set fulfilment_status = 'shipped'",
    "orders_say_what_their_events_told_last": "update orders set fulfilment_status = 'on_hold'",
    "events_go_on_where_the_one_before_ended": (
        "insert into order_events select * replace (uuid() as id, happened_at + interval 1 minute as happened_at, "
        """'{"payment_status": "refunded"}' as before_json, '{"payment_status": "paid"}' as after_json) """
        "from order_events"
    ),
    "quantities_are_what_events_moved": f"{OURS}; update order_lines set returned = 1",
    "events_made_what_is_there": "update order_notes set id = uuid()",
    "what_was_undone_is_void": "update payments set voided_at = happened_at",
    "orders_are_found_by_their_words": "delete from search_terms where term = 'lilas'",
    "figures_are_kept_or_marked": "delete from order_figures",
    "figures_of_orders_are_what_orders_say": "update order_figures set total = total + 1",
    "figures_of_lines_are_what_lines_say": "update line_shares set total = total + 1",
    "figures_of_days_are_sums_of_lines": "update product_days set orders = orders + 1",
    "figures_of_payments_are_what_payments_say": "update payment_figures set amount = amount + 1",
    "links_of_the_log_follow_each_other": "update event_links set number = number + 1",
    "events_are_as_they_were_written": "update order_events set actor = 'Bob'",
    "events_are_not_taken_out": "delete from order_events",
    "events_are_not_slipped_in": "insert into order_events select * replace (uuid() as id) from order_events",
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
        "insert into documents select uuid(), id, uuid(), null, 'invoice', 'invoice:INV-2026-', 3, 'INV-2026-00002', "
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
    "insert into download_links select uuid(), id, uuid() as event_id, placed_at, 'hash', '', 'fr' from orders",
    "insert into link_files select d.id, l.order_id, l.id, f.id, 3, d.made_at, null, '' "
    "from download_links d, order_lines l, digital_files f where l.position = 1",
    "insert into downloads select uuid(), link_id, order_id, file_id, 'etag', 9, '[[0, 9]]', 9, expires_at, "
    "expires_at, expires_at, expires_at from link_files",
    "insert into gift_cards select uuid(), order_id, line_id, uuid() as event_id, expires_at, 'hash', '', '7K2P', "
    "'EUR', null, 'ines@example.com', '', '', '', null, 'fr', null, '' from link_files",
    "insert into gift_card_entries select uuid(), id, made_at, 'issue', 50, 'Ada', '', null, null, null "
    "from gift_cards",
)


def invented(write: Writer, table: str, **given: object) -> None:
    """A row of a table, with nothing in what is not given."""
    columns = write.rows(
        "select column_name as name, data_type as type from information_schema.columns where table_name = ?", [table]
    )
    write.insert(table, [{column["name"]: given.get(column["name"], _nothing(column)) for column in columns}])


def _nothing(column: Row) -> object:
    empty = {"VARCHAR": "", "UUID": new_id(), "TIMESTAMP": FIRST, "DATE": FIRST.date(), "BOOLEAN": False, "BLOB": b""}
    return empty.get(column["type"], 0)


def fill(store: Store) -> None:
    """One order, and a row in every table that a check looks at."""
    with store.write() as write:
        intake.add(write, rows(draft(1)), ZONE)
        of = {"order_id": write.value("select id from orders")}
        note, run, job, closing, round_, chart, board = (new_id() for _ in range(7))
        noted = {"id": new_id(), "happened_at": FIRST, "kind": "note_added", "actor": "Ada", "reason": "", "cause": ""}
        told = {"before_json": "{}", "after_json": "{}", "made_json": json.dumps({"order_notes": [note]})}
        write.insert("order_events", [{**of, **noted, **told}])
        by = {"event_id": noted["id"]}
        invented(write, "order_notes", id=note, **of, **by, voided_at=None)
        write.execute("insert into search_terms select 'fragile', 'note', id from orders")
        write.execute("update order_notes set text = 'Fragile'")
        invented(write, "messages", **of, **by, state="waiting", dedupe_key="a", handed_at=None)
        message = write.value("select id from messages")
        invented(write, "message_events", message_id=message, kind="accepted")
        invented(write, "idempotency_keys", key="k")
        for sql in GOODS:
            write.execute(sql.replace("uuid() as event_id", f"'{noted['id']}'::uuid"))
        invented(write, "import_runs", id=run, state="done", new_count=1)
        invented(write, "import_findings", run_id=run)
        invented(write, "jobs", id=job, state="done", item_count=1)
        invented(write, "job_items", job_id=job, **of)
        invented(write, "job_results", job_id=job, **of, **by)
        number = {"series": "invoice:INV-2026-", "position": 1, "number": "INV-2026-00001", "content_json": "{}"}
        invented(write, "documents", **of, **by, **number)
        frozen = {"closing_id": closing, **of, "number": "#1001", **dict.fromkeys(FIGURES, Decimal(0))}
        write.insert("closing_orders", [frozen])
        sealed = closings.seal(FIRST.date(), FIRST.date(), "EUR", closings.frozen(write, closing))
        figures = {"currency": "EUR", "order_count": 1, "figures_json": json.dumps(dict.fromkeys(FIGURES, "0"))}
        invented(write, "closings", id=closing, seal=sealed, **figures)
        invented(write, "rounds", id=round_)
        invented(write, "round_orders", round_id=round_, **of)
        invented(write, "round_picks", round_id=round_, **of)
        invented(write, "kept_charts", id=chart)
        invented(write, "boards", id=board)
        invented(write, "alerts", id=board)
        invented(write, "alert_states", alert_id=board)
        invented(write, "reports", chart_id=chart, board_id=None)
        for table in keys.WITH_IDS:
            if not write.value(f"select exists (from {table})"):
                invented(write, table)
    refreshing.refresh(store)


def broken(store: Store) -> dict[str, int]:
    with store.read() as read:
        return {one.name: one.rows for one in check(read, ZONE) if one.rows}


def outcome(read: Reader, name: str) -> Checked:
    """Of one check."""
    if name in CHECKS:
        return asked(read, name, CHECKS[name], ZONE)
    room = next(room for room in (papers, history, finding, kept, log) if name in room.NAMES)
    return next(one for one in room.broken(read) if one.name == name)


def test_a_sound_store_passes_every_check(any_shop: Shop) -> None:
    fill(any_shop.store)
    assert broken(any_shop.store) == {}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A sound store, which every test leaves as it was."""
    made = Store(Home(str(tmp_path_factory.mktemp("checks") / "shop.duckdb"), ""))
    migrate(made, FIRST)
    fill(made)
    yield made
    made.close()


@pytest.mark.parametrize("name", NAMES)
def test_each_check_finds_its_fault(store: Store, name: str) -> None:
    with pytest.raises(ZeroDivisionError), store.write() as write:
        for sql in FAULTS[name].split("; "):
            write.execute(sql)
        found = outcome(write, name)
        assert (found.name, found.rows > 0) == (name, True)
        raise ZeroDivisionError  # nothing of it is kept


def test_no_check_is_tried_in_vain() -> None:
    assert set(FAULTS) == set(NAMES)


def test_the_words_that_checks_know_are_those_of_the_services() -> None:
    ours = [PaymentStatus, FulfilmentStatus, Kind, PaymentKind, MessageState, JobState, RunState]
    assert [set(words) for words in statuses.WORDS.values()] == [{word.value for word in one} for one in ours]


def test_sums_that_the_source_got_wrong_were_said_at_the_import(shop: Shop) -> None:
    with shop.store.write() as write:
        intake.add(write, rows(draft(1)), ZONE)
        write.execute(FAULTS["total_is_the_sum_of_its_parts"])
        cards.renew(write, "true")
        order_id = write.value("select id from orders")
        texts = dict.fromkeys(("column_name", "value", "reason", "order_number", "raw"), "")
        write.insert(
            "import_findings",
            [{"run_id": new_id(), "severity": "warning", "row_number": 1, "order_id": order_id, **texts}],
        )
        invented(write, "import_runs", id=write.value("select run_id from import_findings"), state="done")
    assert broken(shop.store) == {}
