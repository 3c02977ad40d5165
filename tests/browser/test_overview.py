"""A journey on the Overview screen."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def test_from_the_menu_to_the_figures_of_last_month_and_the_orders_behind_them(page: Page) -> None:
    page.get_by_role("link", name="Sales").click()
    expect(page.get_by_role("link", name="Overview")).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="Other days").click()
    page.get_by_role("link", name="Last month").click()
    expect(page).to_have_url(re.compile(r"/overview\?period=last_month$"))
    tile = page.locator(".st-key-figure_tile_orders")
    expect(tile.locator(".lead em").first).to_be_visible()
    expect(page.locator(".st-key-figure_overview_curve .js-plotly-plot")).to_be_visible()
    count = tile.locator(".lead b").inner_text()
    tile.get_by_role("button", name="More").click()
    tile.get_by_role("link", name="Show the orders").click()
    expect(page.locator(".found b")).to_have_text(re.compile(rf"^{count} orders?$"))
    page.go_back()
    expect(tile.locator(".lead b")).to_have_text(count)
