"""Parcels on the order's screen, and a carrier's file on Import & export."""

from __future__ import annotations

from services.jobs.running import run_all
from services.orders.statuses import ActionName, FulfilmentStatus
from services.shop import Shop
from tests.orders.moving import do, now
from tests.orders.sample import draft, keep
from tests.pages.drawn import screen, shown_html
from tests.pages.test_order import button, opened

UPS, OTHER = "1Z5R89390357567127", "1Z879E930346834440"
A = ActionName


def test_typing_the_number_proposes_its_carrier(shop: Shop) -> None:
    [order] = keep(shop, draft())
    app = button(opened(order), "step_strong")
    app.text_input(key="sheet_tracking").input(UPS).run()
    assert "Recognised: UPS." in shown_html(app)
    button(app, "sheet_do")
    assert now(shop, order).shipments[0].carrier == "UPS"


def test_a_part_is_shipped_and_the_rest_is_said(shop: Shop) -> None:
    [order] = keep(shop, draft())
    mugs, notebook = now(shop, order).lines
    app = button(opened(order), "step_strong")
    app.checkbox(key="sheet_part").check().run()
    app.number_input(key=f"sheet_line_{mugs.id}").set_value(1).run()
    app.number_input(key=f"sheet_line_{notebook.id}").set_value(0).run()
    app = button(app, "sheet_do").run()
    assert [line.shipped for line in now(shop, order).lines] == [1, 0]
    text = shown_html(app)
    assert "1 of 2 shipped" in text
    assert "2 items left to ship" in text
    assert "1 × Tasse bleue · 1 × Carnet A5" in text


def test_a_wrong_number_is_corrected_from_its_parcel_and_nobody_is_told_unasked(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.MARK_SHIPPED, tracking_number=OTHER, tell_customer=False)
    parcel = now(shop, order).shipments[0].id
    app = button(opened(order), f"edit_tracking_{parcel}")
    app.text_input(key=f"sheet_tracking_{parcel}").input(UPS).run()
    assert app.checkbox(key="sheet_tell").value is False
    button(app, "sheet_do")
    kept = now(shop, order)
    assert (kept.shipments[0].tracking_number, kept.messages) == (UPS, ())


def test_a_wrong_check_digit_stands_on_the_parcel_and_hostile_text_stays_text(shop: Shop) -> None:
    [order] = keep(shop, draft())
    mugs = now(shop, order).lines[0].id
    do(shop, order, A.MARK_SHIPPED, tracking_number="1Z5R89390357567128", lines=[{"line_id": mugs, "quantity": 1}])
    do(shop, order, A.MARK_SHIPPED, carrier="<b onclick=x>", tracking_number="<script>1</script>")
    text = shown_html(opened(order))
    assert "check digit of this tracking number is wrong" in text
    assert "<script>1" not in text
    assert "<b onclick" not in text


def test_a_carriers_file_is_looked_at_applied_and_taken_back(shop: Shop) -> None:
    one, other = keep(shop, draft("1001"), draft("1002"))
    app = screen().switch_page("imports.py").run()
    content = f"Reference;Tracking number\n1001;{UPS}\n1002;{OTHER}\n77;1Z410E7W0392751591\n".encode()
    app = app.file_uploader(key="tracking_file_0").upload("ups.csv", content, "text/csv").run()
    assert not app.exception
    text = shown_html(app)
    assert "2 mails will be written." in text
    assert "There is no order 77." in text
    app = app.button(key="tracking_do").click().run()
    run_all(shop)
    assert "2 orders have their number." in shown_html(app.run())
    assert now(shop, one).fulfilment_status is FulfilmentStatus.SHIPPED
    app = app.button(key="tracking_undo").click().run()
    run_all(shop)
    assert "Taken back" in shown_html(app.run())
    assert now(shop, other).shipments == ()
