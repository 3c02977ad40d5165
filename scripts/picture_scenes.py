"""What each picture shows, in the order of a day: the later ones find what the earlier ones did."""

from __future__ import annotations

import io
import json
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import pypdfium2
from picture_shop import PictureShop
from playwright.sync_api import Page

WIDE, TALL, PHONE = (1280, 860), (1280, 1360), (390, 844)
TO_PREPARE = "/?q=payment%3Apaid+fulfilment%3Aawaiting_processing"
MANY = "/?q=fulfilment%3Aprocessing%2Cshipped+placed%3A2026"  # some of them cannot be shipped once more
Before = Callable[[Page, PictureShop], None]


@dataclass(frozen=True)
class Picture:
    """A picture: its name, the address it shows, what is done before, and which part of the screen (all when empty)."""

    name: str
    at: str | Callable[[PictureShop], str]
    before: Before | None = None
    part: str = ""
    size: tuple[int, int] = WIDE
    scheme: Literal["light", "dark"] = "light"

    def path(self, of: PictureShop) -> str:
        """The address in this shop."""
        return self.at if isinstance(self.at, str) else self.at(of)


def order(kind: str) -> Callable[[PictureShop], str]:
    """The address of the order of this kind."""
    return lambda of: f"/order?id={of.ids[kind]}"


def click(*selectors: str, wait: int = 1500) -> Before:
    """Click one after another."""

    def clicks(page: Page, _of: PictureShop) -> None:
        for selector in selectors:
            page.locator(selector).first.click()
            page.wait_for_timeout(wait)

    return clicks


def ship_sheet(page: Page, _of: PictureShop) -> None:
    """Open the sheet of the strong step, and give a tracking number."""
    page.click(".st-key-step_strong button")
    page.fill(".st-key-sheet_tracking input", "6A12345678909")
    page.keyboard.press("Enter")
    page.wait_for_timeout(2500)


def shipped(page: Page, of: PictureShop) -> None:
    """Mark it as shipped: the line at the foot says for how long this can be stopped."""
    ship_sheet(page, of)
    page.click(".st-key-sheet_do button")
    page.wait_for_selector(".st-key-after_action")
    page.wait_for_timeout(1500)


def then(of: PictureShop) -> str:
    """The address of the first moment of the paid order."""
    told = of.api("GET", f"/orders/{of.ids['paid']}")
    return f"/order?id={of.ids['paid']}&then={told['events'][0]['id']}"


def begin_round(page: Page, _of: PictureShop) -> None:
    """Take ten orders, and fetch the first two products."""
    page.click(".st-key-begin_round button")
    page.wait_for_selector(".st-key-card_shelf")
    page.wait_for_timeout(1000)
    for place in (0, 1):
        page.locator(f".st-key-row_{place} label").first.click()
        page.wait_for_timeout(1500)


def in_round(step: int) -> Before:
    """Go on with the round that is under way, at this step of it."""

    def goes_on(page: Page, _of: PictureShop) -> None:
        page.locator("[class*='st-key-go_on_'] button").first.click()
        page.wait_for_selector(".st-key-round_view")
        page.locator(".st-key-round_view button").nth(step).click()
        page.wait_for_timeout(1500)
        if step == 1:
            page.click(".st-key-pick_order button")
            page.wait_for_timeout(1500)
            page.locator(".st-key-card_box input[type=text]").first.fill("6A12345678909")
            page.keyboard.press("Enter")
            page.wait_for_timeout(1500)

    return goes_on


def tick_all(page: Page, _of: PictureShop) -> None:
    """Tick the page, and ask for the first action of the bar."""
    page.locator("thead input[type=checkbox]").first.click()
    page.wait_for_timeout(800)


def bulk_sheet(page: Page, of: PictureShop) -> None:
    """The one preview for all."""
    tick_all(page, of)
    page.locator(".chosen-bar button").first.click()
    page.wait_for_selector(".st-key-bulk_do button:not([disabled])", timeout=60_000)
    page.wait_for_timeout(2000)


def bulk_done(page: Page, of: PictureShop) -> None:
    """The line that says what was done, with Stop and Undo."""
    bulk_sheet(page, of)
    page.click(".st-key-bulk_do button")
    page.wait_for_selector(".st-key-bulk_line")
    page.wait_for_timeout(6000)


def carrier_file(page: Page, of: PictureShop) -> None:
    """Drop a carrier's list: one number that fits, one order that nobody knows."""
    number = of.api("GET", f"/orders/{of.ids['second']}")["number"]
    listed = f"Reference;Parcel\n{number};6A98765432103\n99999;6A11111111111\n"
    page.locator(".st-key-card_tracking input[type=file]").set_input_files(
        {"name": "parcels.csv", "mimeType": "text/csv", "buffer": listed.encode()}
    )
    page.wait_for_timeout(3000)


def freeze(page: Page, of: PictureShop) -> None:
    """Freeze the shop, and show the bar."""
    click(".st-key-freeze button", ".st-key-freeze_do button", wait=2500)(page, of)


def charts(page: Page, _of: PictureShop) -> None:
    """Wait until the bars are drawn."""
    page.wait_for_selector(".js-plotly-plot .bars path", timeout=30_000)
    page.wait_for_timeout(800)


def paper(kind: str) -> Before:
    """A paper of the paid order, its first page drawn on an empty screen."""

    def prints(page: Page, of: PictureShop) -> None:
        if kind == "invoice":
            page.locator(".st-key-issue_invoice button").click()
            page.wait_for_timeout(2500)
        link = page.locator(f".st-key-card_papers a[href*='/paper/{kind}.pdf']").first.get_attribute("href") or ""
        with urllib.request.urlopen(f"{of.address}{link}", timeout=30) as answer:
            drawn = pypdfium2.PdfDocument(answer.read())[0].render(scale=1.2).to_pil()
        png = io.BytesIO()
        drawn.save(png, "PNG")
        told: Any = json.dumps(list(png.getvalue()))
        page.evaluate(
            "bytes => { const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], {type: 'image/png'}));"
            "document.body.innerHTML = `<img id='paper' style='border:1px solid #ccc' src='${url}'>`; }",
            json.loads(told),
        )
        page.wait_for_timeout(500)

    return prints


SCENES = (
    Picture("orders", "/"),
    Picture("orders-filter", "/?q=payment_method%3Apaypal", click("button:has-text('Mois'), button:has-text('Month')")),
    Picture("orders-dark", "/?q=payment_method%3Apaypal", scheme="dark"),
    Picture("orders-phone", "/", size=PHONE, scheme="dark"),
    Picture("order", order("paid"), size=TALL),
    Picture("order-phone", order("paid"), size=PHONE),
    Picture("payment-failed", order("failed"), part=".st-key-card_payment", size=TALL),
    Picture("payment-offline", order("offline"), part=".st-key-card_payment", size=TALL),
    Picture("contact", order("offline"), click(".st-key-pay_contact_customer button", wait=3000)),
    Picture("digital", order("digital"), part=".st-key-card_goods", size=TALL),
    Picture("mixed", order("mixed"), size=TALL),
    Picture("label", order("paid"), paper("label"), part="#paper", size=TALL),
    Picture("invoice", order("paid"), paper("invoice"), part="#paper", size=TALL),
    Picture("sheet", order("paid"), ship_sheet),
    Picture("shipped", order("paid"), shipped),
    Picture("then", then),
    Picture("refund", order("mixed"), click(".st-key-pay_refund button", wait=3000)),
    Picture("tracking-file", "/imports", carrier_file, part=".st-key-card_tracking", size=TALL),
    Picture("fulfil-pick", "/fulfil", begin_round),
    Picture("fulfil-pack", "/fulfil", in_round(1)),
    Picture("fulfil-ship", "/fulfil", in_round(2)),
    Picture("bulk", MANY, bulk_sheet),
    Picture("bulk-done", MANY, bulk_done),
    Picture("jobs", "/jobs"),
    Picture("waiting", "/waiting"),
    Picture("gift-cards", "/gift-cards"),
    Picture("messages", "/messages"),
    Picture("mail-templates", "/mail-templates"),
    Picture("settings", "/settings"),
    Picture("settings-mail", "/settings", click("[role=tab] >> nth=1"), size=(1280, 1200)),
    Picture("overview", "/overview", charts),
    Picture("overview-phone", "/overview", charts, size=PHONE),
    Picture("sales", "/sales?by=payment_method", charts, size=TALL),
    Picture("sales-phone", "/sales", charts, size=PHONE),
    Picture("products", "/products", size=TALL),
    Picture("buyers", "/buyers", charts, size=TALL),
    Picture("operations", "/operations", charts, size=TALL),
    Picture("money", "/money?period=last_quarter", charts, size=TALL),
    Picture("reconcile", "/agree"),
    Picture("sql", "/sql"),
    Picture("customers", "/customers"),
    Picture("imports", "/imports"),
    Picture("frozen", "/messages", freeze),
)
