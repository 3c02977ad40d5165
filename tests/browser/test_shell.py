"""The bar at the top, in a browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def scheme(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme"))


def ground(page: Page) -> str:
    return str(page.locator(".scroll").evaluate("node => getComputedStyle(node).backgroundColor"))


def test_the_language_changes_at_once_and_stays_after_a_reload(page: Page) -> None:
    page.get_by_role("button", name="Français").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Commandes")
    assert page.evaluate("document.documentElement.lang") == "fr"
    expect(page).to_have_title("Commandes · Chez Élise")
    page.reload()
    page.wait_for_selector("tbody tr")
    expect(page.get_by_role("heading", level=1)).to_have_text("Commandes")
    expect(page.locator(".found")).to_contain_text(re.compile(r"commandes.*\d,\d\d\s€"))


def test_dark_follows_the_device_until_somebody_chooses(page: Page) -> None:
    assert (scheme(page), ground(page)) == ("light", "rgb(255, 255, 255)")
    page.emulate_media(color_scheme="dark")
    expect(page.locator("[data-testid=stApp]")).to_have_css("color-scheme", "dark")
    assert ground(page) == "rgb(29, 32, 28)"
    page.get_by_role("button", name="Light or dark: as the device").click()
    page.wait_for_selector("tbody tr")
    expect(page.locator("[data-testid=stApp]")).to_have_css("color-scheme", "light")
    assert ground(page) == "rgb(255, 255, 255)"
    page.reload()
    page.wait_for_selector("tbody tr")
    assert scheme(page) == "light"


def test_one_goes_to_another_screen_and_back_without_a_new_session(page: Page) -> None:
    page.evaluate("window.sameVisit = true")
    page.get_by_role("navigation", name="Screens").get_by_role("link", name="Messages").click()
    page.wait_for_url(re.compile("/messages$"))
    expect(page.get_by_role("link", name="Messages")).to_have_attribute("aria-current", "page")
    page.go_back()
    page.wait_for_selector("tbody tr")
    assert page.evaluate("window.sameVisit") is True


def test_nothing_of_streamlit_is_in_the_merchants_way(page: Page) -> None:
    for chrome in ("stHeader", "stToolbar", "stMainMenu", "stSidebar"):
        expect(page.get_by_test_id(chrome)).to_be_hidden()


def test_starting_the_own_shop_asks_first(page: Page) -> None:
    page.get_by_role("button", name="Start my own shop").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("removed for good")
    asked.get_by_role("button", name="Keep the demo").click()
    expect(asked).to_be_hidden()
    expect(page.locator("tbody tr").first).to_be_visible()


def test_a_lost_connection_is_said_and_what_was_typed_is_kept(page: Page) -> None:
    box = page.get_by_role("searchbox", name="Search orders")
    box.fill("half a na")
    page.evaluate("document.querySelector('[data-testid=stApp]').dataset.testConnectionState = 'PINGING_SERVER'")
    expect(page.get_by_text("Reconnecting.")).to_be_visible()
    page.evaluate("document.querySelector('[data-testid=stApp]').dataset.testConnectionState = 'CONNECTED'")
    expect(page.get_by_text("Reconnecting.")).to_be_hidden()
    expect(box).to_have_value("half a na")
