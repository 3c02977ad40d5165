"""Orders taken and moved over HTTP."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from services.shop import Shop
from services.web.shapes import ActionAnswer, WholeOrder
from tests.orders.sample import draft, keep, unpaid
from tests.web.conftest import Web

MUGS = {"name": "Tasse bleue", "quantity": 2, "unit_price": "15.00", "sku": "TASSE-1"}
BODY: dict[str, Any] = {"currency": "EUR", "lines": [MUGS], "email": "ines@example.com", "shipping_fee": "4.90"}


def test_an_order_taken_is_there_and_its_messages_wait(web: Web) -> None:
    answer = web.post("/api/v1/orders", BODY | {"payment_status": "paid", "payment_method": "PayPal"})
    assert answer.status_code == 201, answer.text
    told = answer.json()
    WholeOrder.model_validate(told)
    assert (told["total"], told["paid"], told["payment_method"]) == ("34.90", "34.90", "paypal")
    assert {message["template"] for message in told["messages"]} == {"order_confirmation", "new_order"}
    assert answer.headers["location"] == f"/api/v1/orders/{told['id']}"
    assert web.get(answer.headers["location"]).json() == told


def test_a_silent_order_tells_nobody(web: Web) -> None:
    assert web.post("/api/v1/orders", BODY | {"silent": True}).json()["messages"] == []


def test_the_same_request_with_the_same_key_is_one_order(web: Web) -> None:
    key = {"Idempotency-Key": "till 3, sale 81"}
    first = web.post("/api/v1/orders", BODY, headers=key)
    again = web.post("/api/v1/orders", BODY, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert web.get("/api/v1/orders").json()["total"] == 1
    other = web.post("/api/v1/orders", BODY | {"shipping_fee": "5.00"}, headers=key)
    assert other.status_code == 409
    assert web.get("/api/v1/orders").json()["total"] == 1


def test_an_order_of_the_same_source_is_answered_as_it_is(web: Web) -> None:
    body = BODY | {"source": "till", "source_id": "81"}
    first, again = web.post("/api/v1/orders", body), web.post("/api/v1/orders", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"total": "34.89"}, "total"),
        ({"currency": "XQQ"}, "currency"),
        ({"lines": []}, "lines"),
        ({"lines": [MUGS | {"quantity": -1}]}, "lines.0.quantity"),
        ({"lines": [MUGS | {"unit_price": "NaN"}]}, "lines.0.unit_price"),
        ({"lines": [{"name": "x"}]}, "lines.0.quantity"),
        ({"colour": "blue"}, "colour"),
        ({"payment_status": "refunded"}, "payment_status"),
        ({"name": "\ud83d"}, "name"),
    ],
)
def test_an_order_that_does_not_fit_is_a_422_by_field(web: Web, changed: dict[str, Any], field: str) -> None:
    answer = web.post("/api/v1/orders", BODY | changed)
    assert answer.status_code == 422
    assert field in [error["field"] for error in answer.json()["errors"]]
    assert web.get("/api/v1/orders").json()["total"] == 0


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"text"', b"\xff\xfe", b'{"currency": NaN}', b"[" * 100_000])
def test_a_body_that_is_no_order_at_all_is_a_422(web: Web, body: bytes) -> None:
    answer = web.request("POST", "/api/v1/orders", content=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_action_says_what_it_would_do_and_changes_nothing(web: Web, shop: Shop) -> None:
    (order_id,) = keep(shop, draft("1"))
    path = f"/api/v1/orders/{order_id}/actions/mark_shipped"
    told = web.post(path, {"preview": True, "tracking_number": "XX123"}).json()
    ActionAnswer.model_validate(told)
    assert told["event"] is None
    assert "XX123" in told["messages"][0]["text"]
    assert web.get(f"/api/v1/orders/{order_id}").json()["fulfilment_status"] == "awaiting_processing"


def test_an_action_done_is_told_with_its_event_and_can_be_undone(web: Web, shop: Shop) -> None:
    keep(shop, unpaid("#77"))
    path = f"/api/v1/orders/{quote('#77')}/actions/"
    done = web.post(f"{path}mark_paid", {"version": 1}).json()
    ActionAnswer.model_validate(done)
    assert done["order"]["payment_status"] == "paid"
    assert {"field": "payment_status", "before": "awaiting_payment", "after": "paid"} in done["changes"]
    undone = web.post(f"{path}undo", {"event": done["event"]}).json()
    assert undone["order"]["payment_status"] == "awaiting_payment"


def test_a_stale_version_is_a_409_that_says_who_was_faster(web: Web, shop: Shop) -> None:
    (order_id,) = keep(shop, draft("1"))
    path = f"/api/v1/orders/{order_id}/actions/"
    assert web.post(f"{path}mark_processing", {"version": 1}).status_code == 200
    answer = web.post(f"{path}hold", {"version": 1, "reason": "address"})
    assert answer.status_code == 409
    assert "was changed since you opened it" in answer.json()["detail"]


def test_a_step_that_is_not_legal_now_is_a_409_or_a_refusal_in_the_preview(web: Web, shop: Shop) -> None:
    (order_id,) = keep(shop, draft("1"))
    path = f"/api/v1/orders/{order_id}/actions/release"
    answer = web.post(path)
    assert answer.status_code == 409
    assert web.post(path, {"preview": True}).json()["refused"] == answer.json()["detail"]


def test_unknown_actions_orders_and_fields_are_refused(web: Web, shop: Shop) -> None:
    (order_id,) = keep(shop, draft("1"))
    assert web.post(f"/api/v1/orders/{order_id}/actions/paint").status_code == 404
    assert web.post("/api/v1/orders/999/actions/hold").status_code == 404
    answer = web.post(f"/api/v1/orders/{order_id}/actions/add_note", {"txt": "hi"})
    assert {error["field"] for error in answer.json()["errors"]} == {"text", "txt"}
    keep(shop, draft("1", source="other"))
    assert len(web.post("/api/v1/orders/1/actions/hold").json()["orders"]) == 2


def test_an_action_with_a_key_is_done_once(web: Web, shop: Shop) -> None:
    (order_id,) = keep(shop, draft("1"))
    path, key = f"/api/v1/orders/{order_id}/actions/add_note", {"Idempotency-Key": "n1"}
    first = web.post(path, {"text": "call first"}, headers=key).json()
    assert web.post(path, {"text": "call first"}, headers=key).json() == first
    assert len(web.get(f"/api/v1/orders/{order_id}").json()["notes"]) == 1
