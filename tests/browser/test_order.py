"""The journey of an order: opened, shipped by mistake, taken back; two people at it; a figure opened to its orders."""

from __future__ import annotations

import re
from itertools import count

import httpx
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import API_KEY

KEY = {"Authorization": f"Bearer {API_KEY}"}
CUSTOMERS = count(1)


def placed(address: str, **changes: object) -> dict[str, object]:
    """A new order, as a shop's program would place it, of a customer of its own: it must not look doubled."""
    told = {
        "currency": "EUR",
        "email": f"ines{next(CUSTOMERS)}@example.com",
        "name": "Inès Kaba",
        "language": "fr",
        "payment_status": "paid",
        "payment_method": "paypal",
        "lines": [{"name": "Tasse bleue", "sku": "TASSE-1", "quantity": 2, "unit_price": "15.00"}],
        "shipping_address": {"name": "Inès Kaba", "line1": "12 rue des Lilas", "city": "Lyon", "country": "FR"},
    }
    order: dict[str, object] = httpx.post(f"{address}/api/v1/orders", headers=KEY, json=told | changes).json()
    return order


def as_it_is(address: str, order: dict[str, object]) -> dict[str, object]:
    """The order as the shop has it now."""
    found: dict[str, object] = httpx.get(f"{address}/api/v1/orders/{order['id']}", headers=KEY).json()
    return found


def test_marked_as_shipped_by_mistake_and_nobody_was_told(page: Page, address: str) -> None:
    order = placed(address)
    page.goto(f"{address}/order?id={order['id']}")
    page.get_by_role("button", name="Mark as shipped").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Tracking number (optional)").fill("6A12345678901")
    page.keyboard.press("Enter")
    expect(sheet.frame_locator("iframe").get_by_text("Numéro de suivi : 6A12345678901")).to_be_visible()
    assert as_it_is(address, order)["fulfilment_status"] == "awaiting_processing"
    sheet.get_by_role("button", name=re.compile("Mark as shipped · ")).click()
    expect(page.get_by_role("status").filter(has_text="Marked as shipped")).to_be_visible()
    assert as_it_is(address, order)["fulfilment_status"] == "shipped"
    page.locator(".st-key-undo_last button").click()
    expect(page.get_by_role("status").filter(has_text="Undone")).to_be_visible()
    after = as_it_is(address, order)
    assert after["fulfilment_status"] == "awaiting_processing"
    shipping = [message for message in after["messages"] if message["template"] == "order_shipped"]
    assert [message["state"] for message in shipping] == ["cancelled"]


def test_the_second_of_two_people_is_told_who_was_faster(page: Page, context: BrowserContext, address: str) -> None:
    order = placed(address)
    other = context.new_page()
    for one in (page, other):
        one.goto(f"{address}/order?id={order['id']}")
        one.get_by_role("button", name="Mark as shipped").click()
        expect(one.get_by_role("dialog").get_by_role("button", name=re.compile("Mark as shipped · "))).to_be_enabled()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Mark as shipped · ")).click()
    expect(page.get_by_role("status").filter(has_text="Marked as shipped")).to_be_visible()
    other.get_by_role("dialog").get_by_role("button", name=re.compile("Mark as shipped · ")).click()
    expect(other.get_by_text("This order was changed since you opened it").first).to_be_visible()
    assert len(as_it_is(address, order)["shipments"]) == 1


def test_hostile_text_stays_text_on_the_screen_and_in_the_mail(page: Page, address: str) -> None:
    bad = "<img src=x onerror=\"document.title='taken'\"> **x** [y](javascript:1)"
    order = placed(address, name=bad, customer_comment=bad, lines=[{"name": bad, "quantity": 1, "unit_price": "1.00"}])
    page.goto(f"{address}/order?id={order['id']}")
    expect(page.get_by_text(bad).first).to_be_visible()
    page.get_by_role("button", name="Mark as shipped").click()
    expect(page.get_by_role("dialog").frame_locator("iframe").get_by_text(bad).first).to_be_visible()
    assert "taken" not in page.title()
    assert page.locator("img[src=x]").count() == 0
