"""Files and gift cards on the screens."""

from __future__ import annotations

from datetime import timedelta

from services.goods import cards, turn
from services.goods.cards import NewCard
from services.orders import reading
from services.orders.statuses import EventKind, Kind
from services.people import MERCHANT
from services.shop import Shop
from tests.conftest import NOW
from tests.goods.selling import BOOKLET, CARD, MUG, buy, code_of, goods_of, put_file
from tests.pages.drawn import screen, shown_html


def order_screen(order_id: str):  # type: ignore[no-untyped-def]
    app = screen("en")
    app.query_params["id"] = order_id
    return app.switch_page("order.py").run()


def test_the_order_shows_what_was_sent_and_a_fresh_link_once(shop: Shop) -> None:
    put_file(shop, name="Livret <b>.pdf")
    order = buy(shop, BOOKLET, CARD)
    app = order_screen(order.id)
    assert not app.exception
    shown = shown_html(app)
    assert "0 of 5" in shown and "Livret" in shown and "<b>.pdf" not in shown
    assert f"•••• {goods_of(shop, order).cards[0]['last4']}" in shown
    app.button(key="goods_fresh").click().run()
    assert any("/d/" in code.value for code in app.code)
    assert reading.order(shop, order.id).events[-1].kind is EventKind.SECRET_SHOWN


def test_an_order_of_parcels_has_no_such_card(shop: Shop) -> None:
    assert "Files and gift cards" not in shown_html(order_screen(buy(shop, MUG).id))


def test_a_missing_file_is_said_with_the_way_to_add_it(shop: Shop) -> None:
    order = buy(shop)
    app = order_screen(order.id)
    shown, offered = shown_html(app), [button.key for button in app.button]
    assert shown.count("has no file yet") == 2 and "/settings" in shown  # where the next step stands, and its goods
    assert "step_strong" not in offered and "goods_reissue" not in offered and "goods_fresh" not in offered
    assert offered.index("step_mark_delivered") > offered.index("step_cancel")  # at hand, for what went out otherwise
    put_file(shop)
    assert turn.goods_turn(shop, NOW + timedelta(minutes=2))
    assert "goods_reissue" in [button.key for button in order_screen(order.id).button]


def test_a_card_opens_shows_its_code_on_request_and_keeps_that(shop: Shop) -> None:
    order = buy(shop, CARD)
    code = code_of(shop, order)
    app = order_screen(order.id)
    app.button(key=f"open_gift_{goods_of(shop, order).cards[0]['id']}").click().run()
    assert code not in [one.value for one in app.code]
    app.button(key="gift_show").click().run()
    assert code in [one.value for one in app.code]
    assert reading.order(shop, order.id).events[-1].kind is EventKind.SECRET_SHOWN


def test_gift_cards_are_listed_with_what_they_are_worth(shop: Shop) -> None:
    from decimal import Decimal

    cards.issue(shop, NewCard(Decimal(50), "EUR", name="Zoé <i>"), MERCHANT)
    app = screen("en").switch_page("gift_cards.py").run()
    assert not app.exception
    assert "€50.00" in shown_html(app) and "<i>" not in shown_html(app)


def test_settings_name_products_that_lack_their_file(shop: Shop) -> None:
    buy(shop, BOOKLET)
    app = screen("en").switch_page("settings.py").run()
    assert not app.exception
    assert "1 product lacks its file" in shown_html(app)


def test_a_test_order_of_each_kind_goes_out_by_itself(shop: Shop) -> None:
    from services import demo
    from tests.conftest import NOW

    for kind in (Kind.DIGITAL, Kind.GIFT_CARD):
        order = demo.place_goods(shop, kind, NOW)
        assert order.events[-1].kind is EventKind.GOODS_SENT
