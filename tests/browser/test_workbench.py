"""The SQL workbench in a browser: writing with completion, a mistake mended, the answer, all by keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_a_question_is_written_mended_and_answered_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/sql")
    field = page.get_by_role("textbox", name="Question in SQL")
    field.click()
    page.keyboard.type("from orders select coun")
    offer = page.get_by_role("option", selected=True)
    expect(offer).to_contain_text("country")
    page.keyboard.press("Tab")
    page.keyboard.type(", count(*) as n, sum(totl) as placed group by all order by n desc limit 2")
    page.keyboard.press("Escape")
    expect(field).to_have_value(
        "from orders select country, count(*) as n, sum(totl) as placed group by all order by n desc limit 2"
    )
    page.keyboard.press("Control+Enter")
    fault = page.get_by_role("alert").filter(has_text="There is no column “totl” here.")
    expect(fault).to_be_visible()
    expect(page.locator(".paint .wrong")).to_have_text("totl")
    expect(field).to_have_attribute("aria-invalid", "true")

    page.get_by_role("button", name="Put “total” there").press("Enter")
    expect(page.locator(".paint .wrong")).to_have_count(0)
    field.press("Control+Enter")
    table = page.locator(".ct-sql-table")
    expect(table.locator("th")).to_have_text(["country", "n", "placed"])
    expect(table.locator("tbody tr")).to_have_count(2)
    expect(fault).to_be_hidden()

    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download as CSV").click()
    assert downloading.value.path().read_bytes().startswith(b"\xef\xbb\xbfcountry,n,placed\r\n")

    field.press("Control+z")  # the browser's own undo takes the mending back
    expect(field).to_have_value(
        "from orders select country, count(*) as n, sum(totl) as placed group by all order by n desc limit 2"
    )
    expect(table).to_be_visible()
