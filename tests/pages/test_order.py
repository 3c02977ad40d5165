"""The screen of one order, and the sheet before a step."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from streamlit.testing.v1 import AppTest

from pages.parts import after_action
from services.messages import freezing
from services.orders import reading
from services.orders.draft import DraftPayment
from services.orders.statuses import ActionName, FulfilmentStatus, PaymentKind, PaymentStatus
from services.people import MERCHANT
from services.shop import Shop
from tests.orders.moving import do
from tests.orders.sample import NOW, draft, keep, unpaid
from tests.pages.drawn import given, screen, shown_html


def opened(order_id: str, language: str = "") -> AppTest:
    """The screen of an order, drawn once."""
    app = screen(language=language, id=order_id)
    return app.switch_page("order.py").run()


def button(app: AppTest, key: str) -> AppTest:
    """Press a button and draw again."""
    return app.button(key=key).click().run()


def test_everything_the_guide_lists_stands_on_the_screen(shop: Shop) -> None:
    told = replace(draft(), customer_comment="Sonnez deux fois")
    app = opened(keep(shop, told)[0])
    text = shown_html(app)
    assert not app.exception
    head = given(app, "order_head")
    assert head["number"] == "#2041"
    assert [badge["word"] for badge in head["badges"]] == ["Paid", "To prepare"]
    bought = ("Tasse bleue", "TASSE-1", "Subtotal", "Discount", "Shipping fee", "Handling fee", "Tax", "€48.90")
    people = ("ines@example.com", "12 rue des Lilas", "69003 Lyon", "France", "Colissimo", "PayPal", "Sonnez deux fois")
    for piece in (*bought, *people):
        assert piece in text, piece


def test_the_guide_speaks_french_on_a_french_screen(shop: Shop) -> None:
    app = opened(keep(shop, draft())[0], language="fr")
    text = shown_html(app)
    for piece in (
        "Sous-total",
        "Remise",
        "Frais de livraison",
        "Frais de gestion",
        "Total de la commande",
        "48,90\xa0€",
    ):
        assert piece in text, piece


def test_the_order_as_it_was_has_nothing_to_do_and_a_way_back(shop: Shop) -> None:
    [order_id] = keep(shop, draft())
    do(shop, order_id, ActionName.ADD_NOTE, text="Ring twice")
    first = reading.order(shop, order_id).events[0].id
    do(shop, order_id, ActionName.MARK_SHIPPED)
    app = screen(id=order_id, then=first).switch_page("order.py").run()
    assert not app.exception
    text = shown_html(app)
    assert "The order as it was on" in text
    assert "<b>Order placed</b></td><td class=''>The merchant</td>" in text  # who saw to it
    assert "Note added" not in text
    assert "Ring twice" not in text
    assert [badge["word"] for badge in given(app, "order_head")["badges"]] == ["Paid", "To prepare"]
    assert not [one.key for one in app.button if one.key and one.key.startswith("step_")]
    assert f"/order?id={order_id}'" in text


def test_a_failed_online_payment_says_why(shop: Shop) -> None:
    app = opened(keep(shop, unpaid("1", payment_message="Insufficient funds"))[0])
    assert "The online payment was not processed" in shown_html(app)
    assert "Insufficient funds" in shown_html(app)


def test_an_offline_payment_asks_to_contact_the_customer_with_the_contact_at_hand(shop: Shop) -> None:
    app = opened(keep(shop, unpaid("1", payment_method="bank_transfer", payment_method_label="Virement"))[0])
    text = shown_html(app)
    assert "Contact the customer" in text
    assert "mailto:ines@example.com" in text
    assert app.button(key="step_strong").label == "Mark as paid"


def test_every_movement_of_money_is_told(shop: Shop) -> None:
    failed = DraftPayment(PaymentKind.FAILURE, draft().total, NOW, failure_reason="Card expired")
    app = opened(keep(shop, replace(draft(), payments=(failed, *draft().payments)))[0])
    assert "Card expired" in shown_html(app)
    assert "Payment received" in shown_html(app)


def test_hostile_text_stays_text(shop: Shop) -> None:
    bad = "<img src=x onerror=alert(1)>"
    told = replace(draft(), customer_comment=bad, name=bad, lines=(replace(draft().lines[0], name=bad),))
    app = opened(keep(shop, told)[0])
    assert "<img" not in shown_html(app)
    assert "&lt;img" in shown_html(app)


def test_the_sheet_shows_what_changes_and_the_mail_before_anything_happens(shop: Shop) -> None:
    order_id = keep(shop, draft())[0]
    app = button(opened(order_id), "step_strong")
    app.text_input(key="sheet_tracking").input("6A123").run()
    assert not app.exception
    text = shown_html(app)
    assert "To prepare" in text
    assert "6A123" in text
    assert "6A123" in given(app, "mail")["html"]
    assert reading.order(shop, order_id).fulfilment_status is FulfilmentStatus.AWAITING_PROCESSING


def test_the_button_of_the_sheet_ships_once_and_the_line_at_the_foot_undoes_it(shop: Shop) -> None:
    order_id = keep(shop, draft())[0]
    app = button(opened(order_id), "step_strong")
    app = button(app, "sheet_do")
    order = reading.order(shop, order_id)
    assert order.fulfilment_status is FulfilmentStatus.SHIPPED
    assert [message.state for message in order.messages] == ["waiting"]
    assert "Marked as shipped" in shown_html(app)
    button(app, "undo_last")
    order = reading.order(shop, order_id)
    assert order.fulfilment_status is FulfilmentStatus.AWAITING_PROCESSING
    assert [message.state for message in order.messages] == ["cancelled"]


def test_while_the_shop_is_frozen_the_line_at_the_foot_counts_nothing_down(shop: Shop) -> None:
    set_up = replace(shop, settings=replace(shop.settings, sendgrid_api_key="a key"))
    leaves = NOW + timedelta(minutes=5)
    assert after_action._mails(set_up, shop.profile(), leaves, NOW) == "The mail leaves in 5:00."
    freezing.freeze(shop, MERCHANT)
    said = after_action._mails(set_up, shop.profile(), leaves, NOW)
    assert said == "The shop is frozen: the mail waits until it is resumed."
    order_id = keep(shop, draft())[0]
    do(shop, order_id, ActionName.MARK_SHIPPED)
    entries = given(opened(order_id), "timeline")["entries"]
    assert [entry["mail"]["leaves"] for entry in entries if "mail" in entry] == ["kept here"]


def test_each_step_of_the_history_names_who_and_when(shop: Shop) -> None:
    order_id = keep(shop, draft())[0]
    do(shop, order_id, ActionName.MARK_SHIPPED)
    do(shop, order_id, ActionName.ADD_NOTE, text="Left at the door")
    entries = given(opened(order_id), "timeline")["entries"]
    assert len(entries) == 4  # placed, shipped, its mail, the note
    assert all(entry["who"].strip() and entry["at"].strip() for entry in entries)


def test_without_the_tick_nobody_is_told(shop: Shop) -> None:
    order_id = keep(shop, draft())[0]
    app = button(opened(order_id), "step_strong")
    app.checkbox(key="sheet_tell").uncheck().run()
    button(app, "sheet_do")
    order = reading.order(shop, order_id)
    assert order.fulfilment_status is FulfilmentStatus.SHIPPED
    assert order.messages == ()


def test_who_was_faster_is_told_and_nothing_happens_twice(shop: Shop) -> None:
    order_id = keep(shop, draft())[0]
    app = button(opened(order_id), "step_strong")
    do(shop, order_id, ActionName.HOLD, reason="address doubt")
    app.text_input(key="sheet_tracking").input("6A123").run()
    assert "was changed since you opened it" in shown_html(app)
    assert app.button(key="sheet_do").disabled
    assert reading.order(shop, order_id).fulfilment_status is FulfilmentStatus.ON_HOLD


def test_only_legal_steps_are_offered(shop: Shop) -> None:
    cancelled = draft(
        payment_status=PaymentStatus.CANCELLED, fulfilment_status=FulfilmentStatus.WILL_NOT_DELIVER, payments=()
    )
    app = opened(keep(shop, cancelled)[0])
    keys = {one.key for one in app.button}
    assert "step_mark_shipped" not in keys
    assert "step_strong" not in keys


def test_a_note_is_written_without_a_sheet_and_stands_in_the_timeline(shop: Shop) -> None:
    order_id = keep(shop, draft())[0]
    app = opened(order_id)
    app.text_area(key="note_text").input("Call before 9")
    app.button(key="FormSubmitter:note-Add the note").click().run()
    assert [note.text for note in reading.order(shop, order_id).notes] == ["Call before 9"]
    assert "Call before 9" in shown_html(app)
    assert given(app, "timeline")["entries"][0]["title"] == "Note added"


def test_an_order_that_does_not_exist_is_one_sentence(shop: Shop) -> None:
    app = opened("nonsense")
    assert not app.exception
    assert "There is no order nonsense." in shown_html(app)


def test_next_and_previous_follow_the_list_the_order_was_opened_from(shop: Shop) -> None:
    later = NOW + timedelta(hours=1)
    first, _other, last = keep(shop, draft("1"), unpaid("2"), draft("3", placed_at=later))
    app = screen(id=last, q="payment:paid").switch_page("order.py").run()
    beside = given(app, "order_head")["beside"]
    assert beside["place"] == "1 of 2"
    assert first in beside["next"]["href"]
    assert "q=payment%3Apaid" in beside["next"]["href"]
