"""One action on many orders over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from services.jobs.running import run_all
from services.orders.statuses import FulfilmentStatus
from services.shop import Shop
from services.web.job_shapes import BulkPreview, JobShape, WholeJob
from tests.orders.sample import draft, keep
from tests.web.conftest import Web


def asked(ids: list[str], **more: Any) -> dict[str, Any]:
    return {"action": "mark_shipped", "orders": ids, **more}


def test_a_preview_says_what_would_happen_and_changes_nothing(shop: Shop, web: Web) -> None:
    ids = keep(shop, draft("2041"), draft("2042"), draft("2043", fulfilment_status=FulfilmentStatus.ON_HOLD))
    answer = web.post("/api/v1/bulk/preview", asked(ids))
    assert answer.status_code == 200, answer.text
    told = answer.json()
    BulkPreview.model_validate(told)
    assert (told["orders"], told["will_do"], told["refused"], told["mails"]) == (3, 2, 1, 2)
    assert told["refusals"][0]["which"] == [{"id": ids[2], "number": "2043"}]
    assert "#204" in told["samples"][0]["subject"]
    assert web.get(f"/api/v1/orders/{ids[0]}").json()["version"] == 1
    assert web.get("/api/v1/jobs").json() == {"jobs": []}


def test_a_started_action_is_a_job_that_says_what_became_of_each_order(shop: Shop, web: Web) -> None:
    ids = keep(shop, draft("2041"), draft("2042", fulfilment_status=FulfilmentStatus.ON_HOLD))
    answer = web.post("/api/v1/bulk", asked([ids[0], {"id": ids[1], "params": {"tracking_number": "X1"}}]))
    assert answer.status_code == 202, answer.text
    JobShape.model_validate(answer.json())
    run_all(shop)
    told = web.get(answer.headers["location"]).json()
    WholeJob.model_validate(told)
    assert (told["state"], told["done"], told["refused"]) == ("done", 1, 1)
    assert [(row["number"], row["outcome"]) for row in told["results"]] == [("2041", "done"), ("2042", "refused")]
    assert told["mails"]["waiting"] == 1
    refused = web.get(answer.headers["location"], params={"outcome": "refused", "limit": 1}).json()
    assert [row["number"] for row in refused["results"]] == ["2042"] and refused["next"] is None


def test_all_that_match_are_changed(shop: Shop, web: Web) -> None:
    keep(shop, draft("2041", tags=("vip",)), draft("2042"))
    body = {"action": "tag", "q": "tag:vip", "params": {"tags": ["Noël"]}, "expect": 1}
    web.post("/api/v1/bulk", body)
    run_all(shop)
    assert [order["number"] for order in web.get("/api/v1/orders", params={"q": "tag:Noël"}).json()["orders"]] == [
        "2041"
    ]


def test_another_number_of_orders_than_expected_starts_nothing(shop: Shop, web: Web) -> None:
    ids = keep(shop, draft("2041"))
    answer = web.post("/api/v1/bulk", asked(ids, expect=2))
    assert answer.status_code == 409 and "1" in answer.json()["detail"]
    assert web.get("/api/v1/jobs").json()["jobs"] == []


def test_the_same_request_with_the_same_key_is_one_job(shop: Shop, web: Web) -> None:
    ids, key = keep(shop, draft("2041")), {"Idempotency-Key": "shelf 4"}
    first = web.post("/api/v1/bulk", asked(ids), headers=key).json()
    run_all(shop)
    assert web.post("/api/v1/bulk", asked(ids), headers=key).json() == first
    assert web.post("/api/v1/bulk", asked(ids, reason="x"), headers=key).status_code == 409
    assert len(web.get("/api/v1/jobs").json()["jobs"]) == 1


def test_a_job_is_undone_and_its_mails_stopped(shop: Shop, web: Web) -> None:
    ids = keep(shop, draft("2041"))
    job = web.post("/api/v1/bulk", asked(ids)).json()["id"]
    run_all(shop)
    assert web.post(f"/api/v1/jobs/{job}/stop-mails").status_code == 200
    assert web.get(f"/api/v1/jobs/{job}").json()["mails"]["stopped"] == 1
    undo = web.post(f"/api/v1/jobs/{job}/undo")
    assert undo.status_code == 202 and undo.json()["undoes"] == job
    run_all(shop)
    assert web.get(f"/api/v1/jobs/{job}").json()["state"] == "undone"
    assert web.get(f"/api/v1/orders/{ids[0]}").json()["fulfilment_status"] == "awaiting_processing"
    assert web.post(f"/api/v1/jobs/{job}/undo").status_code == 409
    assert web.post(f"/api/v1/jobs/{job}/stop").status_code == 409


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"action": "undo", "orders": ["01a2090a-4428-789f-9e33-67bb9e69f668"]}, "action"),
        ({"orders": ["01a2090a-4428-789f-9e33-67bb9e69f668"]}, "action"),
        ({"action": "tag"}, "orders"),
        ({"action": "tag", "q": "", "orders": []}, "orders"),
        ({"action": "tag", "orders": []}, "orders"),
        ({"action": "tag", "orders": ["2041"]}, "orders.0"),
        (
            {"action": "tag", "orders": [{"id": "01a2090a-4428-789f-9e33-67bb9e69f668", "version": -1}]},
            "orders.0.version",
        ),
        ({"action": "tag", "q": "tag:vip", "params": []}, "params"),
        ({"action": "tag", "q": "tag:vip", "colour": "red"}, "colour"),
    ],
)
def test_what_does_not_fit_is_said_by_its_field(web: Web, body: dict[str, Any], field: str) -> None:
    answer = web.post("/api/v1/bulk", body)
    assert answer.status_code == 422 and field in {error["field"] for error in answer.json()["errors"]}, answer.text


def test_an_unknown_job_is_not_found(web: Web) -> None:
    assert web.get("/api/v1/jobs/2041").status_code == 404
    assert web.get("/api/v1/jobs/01a2090a-4428-789f-9e33-67bb9e69f668").status_code == 404
