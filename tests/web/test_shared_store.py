"""The API on the shared store: the same answers, from DuckLake."""

from __future__ import annotations

import pytest

from services.shop import Shop
from tests.web.conftest import Web
from tests.web.test_actions import BODY


@pytest.mark.postgres
def test_an_order_is_taken_moved_listed_counted_and_exported(shared_shop: Shop) -> None:
    web = Web()
    order = web.post("/api/v1/orders", BODY | {"payment_status": "paid"}).json()
    done = web.post(f"/api/v1/orders/{order['id']}/actions/mark_shipped", {"version": 1, "tracking_number": "XX1"})
    assert done.status_code == 200, done.text
    (listed,) = web.get("/api/v1/orders?fulfilment_status=shipped&q=XX1").json()["orders"]
    assert listed["id"] == order["id"]
    (month,) = web.get("/api/v1/analytics/revenue_by_month?clock=event").json()["rows"]
    assert (month["placed"], month["paid"]) == ("34.90", "34.90")
    assert order["id"] in web.get("/api/v1/orders/export.csv").text
    web.close()
