"""The Settings screen."""

from __future__ import annotations

from datetime import datetime

from services.orders import reading
from services.shop import Shop
from tests.orders.sample import draft, keep
from tests.pages.drawn import screen, shown_html


def test_what_is_saved_rules_from_then_on(shop: Shop) -> None:
    app = screen().switch_page("settings.py").run()
    assert not app.exception
    app.text_input(key="set_shop_name").input("Chez Inès")
    app.selectbox(key="set_language").select("fr")
    app.button(key="FormSubmitter:shop-Save").click().run()
    assert shop.profile().shop_name == "Chez Inès"
    assert shop.profile().language == "fr"


def test_a_wrong_address_is_one_sentence_and_nothing_is_saved(shop: Shop) -> None:
    app = screen().switch_page("settings.py").run()
    app.text_input(key="set_sender_email").input("not an address")
    app.button(key="FormSubmitter:mail-Save").click().run()
    assert "takes one e-mail address" in shown_html(app)
    assert shop.profile().sender_email == "no-reply@example.com"


def test_a_test_mail_needs_mail_to_be_set_up(shop: Shop) -> None:
    app = screen().switch_page("settings.py").run()
    app.button(key="test_mail").click().run()
    told = str([one.proto.mixed.json or one.proto.json for one in app.get("bidi_component")])
    assert "Mail is not set up" in told


def test_a_new_time_zone_moves_the_days_of_the_orders_that_are_here(shop: Shop) -> None:
    late = datetime(2026, 3, 31, 22, 30)  # half past midnight in Paris, already April there
    order_id = keep(shop, draft(placed_at=late))[0]
    assert reading.order(shop, order_id).placed_month == "2026-04"
    app = screen().switch_page("settings.py").run()
    app.selectbox(key="set_time_zone").select("UTC")
    app.button(key="FormSubmitter:shop-Save").click().run()
    assert reading.order(shop, order_id).placed_month == "2026-03"
