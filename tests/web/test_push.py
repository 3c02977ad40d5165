"""The script that a browser keeps for push."""

from __future__ import annotations

from services.messages import push
from services.people import MERCHANT
from services.shop import Shop
from tests.messages.push_service import Browser
from tests.web.conftest import Web


def test_the_script_may_serve_every_page_and_is_always_looked_at_anew(web: Web) -> None:
    answer = web.get("/push-worker.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["service-worker-allowed"] == "/"
    assert answer.headers["cache-control"] == "no-cache"
    assert "showNotification" in answer.text


def test_a_browser_that_got_another_address_is_reached_there(web: Web, shop: Shop) -> None:
    old, new = Browser("https://push.example.com/old"), Browser("https://push.example.com/new")
    push.enrol(shop, old.subscription, "Firefox", MERCHANT)
    told = {"old": old.endpoint, "subscription": new.subscription}
    assert web.post("/push/renewed", told).status_code == 204
    assert [(one.name, one.endpoint) for one in push.browsers(shop)] == [("Firefox", new.endpoint)]
    assert web.post("/push/renewed", told).status_code == 404


def test_what_is_no_address_of_a_browser_changes_nothing(web: Web, shop: Shop) -> None:
    old = Browser("https://push.example.com/old")
    push.enrol(shop, old.subscription, "Firefox", MERCHANT)
    inside = Browser("https://10.0.0.1/new").subscription
    assert web.post("/push/renewed", {"old": old.endpoint, "subscription": inside}).status_code == 422
    assert web.post("/push/renewed", {"old": old.endpoint}).status_code == 400
    assert web.post("/push/renewed", ["x"]).status_code == 400
    assert web.post("/push/renewed", {"old": "x" * 9000}).status_code == 413
    assert [one.endpoint for one in push.browsers(shop)] == [old.endpoint]


def test_another_site_cannot_tell_it(web: Web, shop: Shop) -> None:
    answer = web.post("/push/renewed", {}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
