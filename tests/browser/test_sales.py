"""The Sales screen in a browser: a click narrows, and the orders behind a figure come to the same sum."""

from __future__ import annotations

from playwright.sync_api import Page, expect

CARD = ".st-key-figure_sales"


def opened(page: Page, address: str, asked: str) -> None:
    page.goto(f"{address}/sales?{asked}")
    expect(page.locator(f"{CARD} .bars .point").first).to_be_attached(timeout=30_000)


def test_a_click_on_a_bar_narrows_all_charts_and_its_cross_lets_go(page: Page, address: str) -> None:
    opened(page, address, "period=all")
    page.locator(".st-key-figure_sales_payment_method .bars .point path").first.click(force=True)
    said = page.get_by_text("paid with", exact=False).first
    expect(said).to_be_visible(timeout=15_000)
    assert "q=payment_method" in page.evaluate("location.search")
    page.get_by_role("link", name="Without “paid with", exact=False).first.click()
    expect(said).to_be_hidden(timeout=15_000)


def test_show_the_orders_lands_on_the_list_with_the_same_sum(page: Page, address: str) -> None:
    opened(page, address, "period=all")
    head = page.locator(CARD)
    figure = head.locator(".lead b").inner_text()
    expect(head.locator(".lead .tick")).to_be_visible()
    head.get_by_role("link", name="Show the orders").click()
    expect(page.get_by_text(figure, exact=False).first).to_be_visible(timeout=15_000)
    assert "currency" in page.evaluate("location.search")
