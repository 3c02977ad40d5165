"""The screen that leads through picking, packing and shipping."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from services import jobs
from services.fulfilling import rounds
from services.jobs.running import run_all
from services.orders import reading
from services.orders.statuses import FulfilmentStatus
from services.people import MERCHANT
from services.shop import Shop
from tests.orders.sample import draft, keep
from tests.pages.drawn import screen, shown_html

UPS = "1Z999AA10123456784"


def begun(shop: Shop, *numbers: str, language: str = "") -> AppTest:
    keep(shop, *(draft(number) for number in numbers))
    app = screen(language=language).switch_page("fulfil.py").run()
    return app.button(key="begin_round").click().run()


def scan(app: AppTest, text: str) -> AppTest:
    return app.text_input(key="scan").input(text).run()


def test_a_round_from_the_shelf_to_the_carrier(shop: Shop) -> None:
    app = begun(shop, "1", "2")
    assert not app.exception
    [one] = rounds.open_rounds(shop)
    for code in ("TASSE-1",) * 4 + ("CARN-5",) * 2:
        app = scan(app, code)
    assert "ct-notice-good" in shown_html(app)
    app = scan(app, "#2")
    app = scan(app, UPS)
    assert rounds.get(shop, one.id).packing(reading.order(shop, "2").id).tracking_number == UPS
    app.segmented_control(key="round_view").select("ship").run()
    app.button(key="ship_round").click().run()
    assert not app.exception
    assert "/jobs?id=" in shown_html(app)
    run_all(shop)
    assert jobs.recent(shop)[0].done == 2
    assert reading.order(shop, "2").fulfilment_status is FulfilmentStatus.SHIPPED


def test_a_wrong_item_is_shown_as_wrong(shop: Shop) -> None:
    app = scan(begun(shop, "1"), "<b>no such thing</b>")
    text = shown_html(app)
    assert "ct-notice-bad" in text
    assert "&lt;b&gt;no such thing" in text


def test_a_tick_is_kept_and_a_round_is_taken_up_again(shop: Shop) -> None:
    app = begun(shop, "1")
    [box] = [one for one in app.checkbox if "Carnet" in one.label]
    box.check().run()
    [one] = rounds.open_rounds(shop)
    assert rounds.get(shop, one.id).picked == 1
    again = screen().switch_page("fulfil.py").run()
    again = again.button(key=f"go_on_{one.id}").click().run()
    assert [box.value for box in again.checkbox if "Carnet" in box.label] == [True]


def test_the_end_without_shipping_gives_the_orders_back(shop: Shop) -> None:
    app = begun(shop, "1", language="fr")
    app.button(key="give_up").click().run()
    assert rounds.open_rounds(shop) == ()
    assert len(rounds.start(shop, 5, MERCHANT).orders) == 1
