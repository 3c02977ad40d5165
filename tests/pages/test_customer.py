"""The screen of a customer."""

from __future__ import annotations

from services.customer_record import mark
from services.orders.statuses import PaymentStatus
from services.shop import Shop
from tests.orders.sample import draft, keep
from tests.pages.drawn import screen, shown_html


def test_orders_value_products_and_contact_are_on_one_screen(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2"), draft("3", payment_status=PaymentStatus.CANCELLED, payments=()))
    app = screen(key=mark("ines@example.com")).switch_page("customer.py").run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Inès Kaba"]
    html = shown_html(app)
    assert all(part in html for part in ("#1", "#2", "#3", "€97.80", "1 cancelled order left out", "Tasse bleue"))


def test_a_hostile_name_is_shown_as_text(shop: Shop) -> None:
    keep(shop, draft("1", name="<img src=x onerror=alert(1)>", email="eve@example.com"))
    app = screen(key=mark("eve@example.com")).switch_page("customer.py").run()
    assert "<img" not in shown_html(app)
    assert "![" not in app.title[0].value and "\\<img" in app.title[0].value


def test_a_customer_who_is_not_there_is_one_sentence(shop: Shop) -> None:
    app = screen(key="0" * 16).switch_page("customer.py").run()
    assert not app.exception
    assert "no such customer" in shown_html(app) + "".join(error.value for error in app.error)


def test_the_list_and_the_order_lead_to_the_customer(shop: Shop) -> None:
    (order_id,) = keep(shop, draft("1"))
    link = f"/customer?key={mark('ines@example.com')}"
    assert link in shown_html(screen().switch_page("customers.py").run())
    assert link in shown_html(screen(id=order_id).switch_page("order.py").run())
