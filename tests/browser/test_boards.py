"""A journey: a chart is kept, found on its board, made wide with the keyboard, and taken off again."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def test_a_chart_is_kept_and_arranged_on_a_board(page: Page, address: str) -> None:
    page.goto(f"{address}/sales?period=last_month")
    card = page.locator(".st-key-figure_sales_payment_method")
    expect(card.locator(".bars .point").first).to_be_attached(timeout=30_000)
    title = card.locator("h2").inner_text()
    card.get_by_role("button", name="More").click()
    card.get_by_role("button", name="Keep on a board").click()
    expect(page.get_by_text("Kept on the board “My board”")).to_be_visible()
    page.get_by_role("link", name="Boards").click()
    placed = page.locator("[class*='st-key-figure_b']")
    expect(placed.locator(".bars .point").first).to_be_attached(timeout=15_000)
    expect(placed.locator("h2")).to_have_text(re.compile(re.escape(title.split("\n")[0])))
    expect(page.get_by_text("Period: Last month")).to_be_visible()
    page.get_by_text("Arrange", exact=True).click()
    half = placed.bounding_box()
    page.get_by_role("switch", name="Full width").press("Space")
    expect(page.get_by_role("switch", name="Full width")).to_be_checked()
    page.wait_for_function(
        "wide => document.querySelector(\"[class*='st-key-figure_b']\")?.offsetWidth > 1.5 * wide",
        arg=half["width"] if half else 0,
    )
    # what opens while the screen is still drawn is taken away again
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Edit").click()
    page.get_by_role("button", name="Remove from the board").click()
    expect(placed).to_have_count(0)
