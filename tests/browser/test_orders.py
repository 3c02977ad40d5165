"""Journeys on the Orders screen."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import API_KEY, ORDERS


def found(page: Page) -> str:
    return page.locator(".found b").inner_text()


def rows(page: Page) -> list[str]:
    return page.locator("tbody td.number a").all_inner_texts()


def wait_for_count(page: Page, other_than: str) -> str:
    expect(page.locator(".found b")).not_to_have_text(other_than)
    return found(page)


def test_paid_via_paypal_is_one_gesture_a_link_and_survives_reload_and_back(page: Page) -> None:
    everything = found(page)
    page.get_by_role("button", name="Payment method").click()
    page.get_by_role("menuitemcheckbox", name="PayPal").click()
    with_paypal = wait_for_count(page, everything)
    assert "q=payment_method%3Apaypal" in page.url
    expect(page.locator(".said .part")).to_have_text(["paid with PayPal"])
    page.reload()
    page.wait_for_selector("tbody tr")
    assert found(page) == with_paypal
    page.go_back()
    expect(page.locator(".found b")).to_have_text(everything)
    expect(page.locator(".said")).to_be_hidden()
    page.go_forward()
    expect(page.locator(".found b")).to_have_text(with_paypal)


def test_two_choices_of_a_field_and_one_of_another_narrow_as_they_say(page: Page) -> None:
    everything = found(page)
    page.get_by_role("button", name="Payment method").click()
    page.get_by_role("menuitemcheckbox", name="PayPal").click()
    one = wait_for_count(page, everything)
    page.get_by_role("menuitemcheckbox", name="Klarna").click()
    two = wait_for_count(page, one)
    assert int(two.split()[0]) > int(one.split()[0])
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator(".found b")).to_have_text(everything)


def test_a_heap_of_work_filters_and_its_count_is_what_the_list_shows(page: Page) -> None:
    heap = page.locator(".heaps a.to_prepare")
    count = heap.locator("b").inner_text()
    heap.click()
    expect(page.locator(".found b")).to_have_text(re.compile(rf"^{count} orders?$"))
    expect(heap).to_have_attribute("aria-current", "true")


def test_search_answers_while_one_types_and_keeps_what_is_typed(page: Page) -> None:
    everything = found(page)
    number = page.locator("tbody td.number a").nth(7).inner_text()
    box = page.get_by_role("searchbox", name="Search orders")
    box.press_sequentially(number, delay=20)
    wait_for_count(page, everything)
    hit = page.locator("tbody tr").filter(has=page.get_by_role("link", name=number, exact=True))
    expect(hit.locator(".why")).to_contain_text("Number")
    expect(box).to_have_value(number)
    expect(box).to_be_focused()


def test_a_mistake_in_the_query_proposes_what_was_meant(page: Page) -> None:
    box = page.get_by_role("searchbox", name="Search orders")
    box.fill("payment:payd")
    box.press("Enter")
    expect(page.locator(".mistake")).to_contain_text("payd")
    page.locator(".mistake a").click()
    expect(page.locator(".said .part")).to_have_text(["paid"])
    expect(page.locator("tbody tr").first).to_be_visible()


def test_a_new_order_appears_by_itself_and_disturbs_nobody(page: Page, context: BrowserContext, address: str) -> None:
    page.locator("tbody tr").nth(2).locator("input").check()
    chosen = page.locator("tbody tr.chosen td.number a").inner_text()
    box = page.get_by_role("searchbox", name="Search orders")
    page.get_by_role("button", name="Saved views").click()
    name = page.get_by_placeholder("Name of this view")
    name.press_sequentially("half a na")
    before = rows(page)
    other = context.new_page()
    other.goto(address)
    other.wait_for_selector("tbody tr")
    other.get_by_role("button", name="Place a test order").click()
    expect(page.locator("tbody td.number a").first).not_to_have_text(before[0], timeout=5000)
    expect(page.locator("tbody tr").first).to_have_class(re.compile("fresh"))
    assert rows(page)[1:6] == before[:5]
    expect(page.locator("tbody tr.chosen td.number a")).to_have_text(chosen)
    expect(name).to_have_value("half a na")
    expect(name).to_be_focused()
    expect(box).to_have_value("")


def test_an_order_opens_by_click_and_back_returns_to_the_same_list(page: Page) -> None:
    page.locator(".heaps a.to_prepare").click()
    expect(page.locator(".heaps a.to_prepare")).to_have_attribute("aria-current", "true")
    count = found(page)
    page.locator("tbody tr").first.locator("td.customer").click()
    page.wait_for_url(re.compile(r"/order\?id=.*&q=payment"))
    page.go_back()
    page.wait_for_selector("tbody tr")
    assert found(page) == count
    expect(page.locator(".heaps a.to_prepare")).to_have_attribute("aria-current", "true")


def test_a_middle_click_opens_the_order_in_a_tab_of_its_own(page: Page, context: BrowserContext) -> None:
    with context.expect_page() as opened:
        page.locator("tbody td.number a").first.click(button="middle")
    assert "/order?id=" in opened.value.url
    assert "/order" not in page.url


def test_by_keyboard_alone_one_walks_the_rows_looks_and_opens(page: Page) -> None:
    page.locator("tbody td.number a").first.focus()
    page.keyboard.press("ArrowDown")
    second = page.locator("tbody tr").nth(1)
    expect(second.locator("td.number a")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("complementary")).to_contain_text(second.locator("td.number a").inner_text())
    page.keyboard.press("ArrowDown")
    third = page.locator("tbody tr").nth(2).locator("td.number a")
    expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text(third.inner_text())
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary")).to_be_hidden()
    expect(third).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/order\?id="))


def test_what_was_chosen_is_added_up_and_stays_chosen_over_pages(page: Page, address: str) -> None:
    page.goto(f"{address}/?size=25")
    page.wait_for_selector("tbody tr")
    page.get_by_label("Select all orders of this page").check()
    bar = page.locator(".chosen-bar")
    expect(bar).to_contain_text("25 selected · €")
    page.get_by_role("link", name="Next page").click()
    page.wait_for_url(re.compile("page=2"))
    of_first = page.locator("tbody tr").first.locator("input")
    expect(of_first).not_to_be_checked()  # those of the page before stand there until the next is drawn
    of_first.check()
    expect(bar).to_contain_text("26 selected")
    page.get_by_role("button", name="Clear selection").click()
    expect(bar).to_be_hidden()


def test_a_column_chosen_stays_after_a_reload(page: Page) -> None:
    page.get_by_role("button", name="Columns").click()
    page.get_by_label("E-mail").check()
    expect(page.locator("thead th.email")).to_be_visible()
    page.reload()
    page.wait_for_selector("tbody tr")
    expect(page.locator("thead th.email")).to_be_visible()


def test_on_a_phone_the_list_is_cards_and_the_filters_a_drawer(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    card = page.locator("tbody tr").first
    assert card.evaluate("node => getComputedStyle(node).display") == "flex"
    for target in (page.get_by_role("button", name="Filters"), page.get_by_role("button", name="Menu")):
        assert target.bounding_box()["height"] >= 44  # type: ignore[index]
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("button", name="Payment method").click()
    page.get_by_role("menuitemcheckbox", name="PayPal").click()
    expect(page.locator(".found b")).not_to_have_text(f"{ORDERS} orders")
    page.get_by_role("button", name="Show the orders").click()
    expect(page.locator(".said .part")).to_have_text(["paid with PayPal"])


def test_hostile_text_is_shown_as_itself_in_row_card_and_preview(page: Page, address: str) -> None:
    hostile = "<img src=x onerror=alert(1)> ![x](http://evil.example.com/a.png)"
    order = {
        "currency": "EUR",
        "name": hostile,
        "email": "mallory@example.com",
        "tags": [hostile[:40]],
        "customer_comment": hostile,
        "lines": [{"name": hostile, "quantity": 1, "unit_price": "10.00", "kind": "physical"}],
        "silent": True,
    }
    answer = page.request.post(f"{address}/api/v1/orders", data=order, headers={"Authorization": f"Bearer {API_KEY}"})
    assert answer.status == 201, answer.text()
    page.goto(f"{address}/?q=mallory%40example.com")
    row = page.locator("tbody tr").first
    expect(row.locator("td.customer")).to_contain_text(hostile)
    row.hover()
    row.locator(".look button").click()
    looked = page.get_by_role("complementary")
    expect(looked).to_contain_text(hostile)
    assert page.locator("img").count() == 0
    page.goto(f"{address}/?q=%22%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%22+-mallory")
    expect(page.locator(".said .part").first).to_contain_text("<img")
    assert page.locator("img").count() == 0


def test_a_view_is_saved_by_name_and_found_again(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=payment%3Arefunded")
    page.wait_for_selector(".said .part")
    page.get_by_role("button", name="Saved views").click()
    page.get_by_placeholder("Name of this view").fill("Money gone back")
    page.get_by_role("button", name="Save", exact=True).click()
    entry = page.get_by_role("link", name=re.compile("Money gone back"))
    expect(entry).to_be_visible()
    page.goto(address)
    page.wait_for_selector("tbody tr")
    page.get_by_role("button", name="Saved views").click()
    entry.click()
    expect(page.locator(".said .part")).to_have_text(["refunded"])
    page.get_by_role("button", name="Delete “Money gone back”").click()
    expect(entry).to_be_hidden()


def test_ranges_under_more_become_part_of_the_view(page: Page) -> None:
    everything = found(page)
    page.get_by_role("button", name="More").click()
    page.get_by_label("Total from").fill("100")
    page.get_by_role("button", name="Apply").click()
    wait_for_count(page, everything)
    assert "total%3A%3E%3D100" in page.url
    page.locator("details summary", has_text="Country").click()
    page.get_by_role("menuitemcheckbox", name="France").click()
    expect(page.locator(".said .part")).to_have_count(2)
