"""Enrolling a browser for notifications. Chromium's own push service is out of reach here: what it would answer is
played, all the rest is real (permission, service worker, the worker's notification)."""

from __future__ import annotations

import json

from playwright.sync_api import BrowserContext, Page, expect

from tests.messages.push_service import Browser, raw

PLAYED = """
    const given = %s;
    const made = (options) => ({ endpoint: given.endpoint, options, toJSON: () => given });
    PushManager.prototype.subscribe = async function (options) {
      window.askedFor = { userVisibleOnly: options.userVisibleOnly, key: [...options.applicationServerKey] };
      window.kept = made({ applicationServerKey: options.applicationServerKey.buffer });
      return window.kept;
    };
    PushManager.prototype.getSubscription = async () => window.kept ?? null;
"""


def test_a_browser_enrols_and_shows_what_is_pushed(context: BrowserContext, page: Page, address: str) -> None:
    browser = Browser("https://push.example.com/one")
    context.grant_permissions(["notifications"], origin=address)
    page.add_init_script(PLAYED % json.dumps(browser.subscription))
    page.goto(f"{address}/settings")
    page.get_by_role("tab", name="Mail").click()
    page.get_by_role("button", name="Notify this browser").click()
    expect(page.get_by_text("is notified of new orders from now on")).to_be_visible()
    expect(page.get_by_text("This browser is notified.")).to_be_visible()
    expect(page.locator("[class*='st-key-browser_'] .ct-thing")).to_have_text("Chrome, Linux")
    asked = page.evaluate("window.askedFor")
    assert asked["userVisibleOnly"] is True
    assert len(asked["key"]) == 65 and asked["key"][0] == 4  # an uncompressed point
    assert len(raw(browser.subscription["keys"]["p256dh"])) == 65
    _is_shown(context, page, address)
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("button", name="Notify this browser")).to_be_visible()
    expect(page.locator("[class*='st-key-browser_']")).to_have_count(0)


def _is_shown(context: BrowserContext, page: Page, address: str) -> None:
    """What comes to the worker is shown, with its words."""
    wire = context.new_cdp_session(page)
    found: list[dict] = []
    wire.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    wire.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.ready.then((one) => one.scope)")
    [registration] = [one for one in found if not one["isDeleted"]][-1:]
    assert registration["scopeURL"] == f"{address}/"
    told = {"title": "New order #2041", "body": "€25.00 · Chez Élise", "path": "/order?id=1", "tag": "m1"}
    pushed = {"origin": address, "registrationId": registration["registrationId"], "data": json.dumps(told)}
    for _ in range(5):  # a worker that just begins lets a message pass; its tag makes two of them one notification
        wire.send("ServiceWorker.deliverPushMessage", pushed)
        if shown := _shown(page):
            break
    assert shown == told


def _shown(page: Page) -> dict | None:
    """The notification that the worker shows, once it does."""
    for _ in range(60):
        shown = page.evaluate(
            "navigator.serviceWorker.ready.then((one) => one.getNotifications()).then(([one]) => one ?"
            " { title: one.title, body: one.body, tag: one.tag, path: one.data.path } : null)"
        )
        if shown:
            return shown
        page.wait_for_timeout(50)
    return None
