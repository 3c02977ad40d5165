"""The papers on the screen of an order, and their settings."""

from __future__ import annotations

from services.paper import printing
from services.paper.kinds import Paper
from services.shop import Shop
from tests.orders.sample import draft, keep
from tests.pages.drawn import screen
from tests.pages.test_order import button, opened


def links(app: object) -> list[str]:
    return [element.proto.label.replace("\\", "") for element in app.get("link_button")]  # type: ignore[attr-defined]


def test_an_invoice_is_issued_with_one_press_and_then_a_link(shop: Shop) -> None:
    [order_id] = keep(shop, draft())
    app = opened(order_id)
    assert links(app) == ["Shipping label", "Packing slip"]
    app = button(app, "issue_invoice")
    assert not app.exception
    [number] = printing.numbers(shop, order_id)[Paper.INVOICE]
    assert links(app)[-1] == f"Invoice {number}"
    assert "issue_invoice" not in [one.key for one in app.button]


def test_the_address_of_the_shop_is_kept_for_papers(shop: Shop) -> None:
    app = screen().switch_page("settings.py").run()
    app.text_area(key="set_sender_address").input("4 place du Marché\n69001 Lyon")
    app.selectbox(key="set_sender_country").select("FR")
    app.button(key="save_papers").click().run()
    assert not app.exception
    assert shop.profile().rule("sender_address") == "4 place du Marché\n69001 Lyon"
    assert shop.profile().rule("sender_country") == "FR"
