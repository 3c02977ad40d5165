"""The API keeps to its own description, whatever is sent to it: hundreds of right and wrong requests, made from it."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
import schemathesis
from schemathesis.engine import events, from_schema

from services.orders.new_order import read
from services.shop import Shop
from services.web import bodies
from tests.orders.sample import draft, keep
from tests.web.conftest import KEY, Web

CONFIG = {
    "headers": KEY,
    "seed": 1,
    "generation": {"max-examples": 4, "database": "none"},
    # A query, cursor or currency that is not understood is refused, though its description can only say "text".
    "checks": {"positive_data_acceptance": {"enabled": False}},
    "phases": {"stateful": {"enabled": False}},
}


@pytest.mark.filterwarnings("ignore")  # of the tool's own libraries
def test_every_answer_is_as_described(shop: Shop, web: Web) -> None:
    keep(shop, draft("1"), draft("2", payment_method="card"))
    config = schemathesis.Config.from_dict(CONFIG)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", web.app, config=config)
    found, tried = [], 0
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            found.append(str(event))
        if isinstance(event, events.ScenarioFinished):
            tried += len(event.recorder.interactions)
            checks = [check for checks in event.recorder.checks.values() for check in checks]
            found += [f"{event.label}: {check.failure_info.failure}" for check in checks if check.failure_info]
    assert found == []
    assert tried > 200


def test_the_description_names_every_route_and_its_problems(web: Web) -> None:
    told = web.get("/api/v1/openapi.json", headers={"Authorization": ""}).json()
    assert told["openapi"].startswith("3.1")
    assert {f"{method.upper()} {path}" for path, item in told["paths"].items() for method in item} == {
        "GET /v1/gift-cards/{code}",
        "POST /v1/gift-cards/{code}/redeem",
        "GET /v1/orders",
        "POST /v1/orders",
        "GET /v1/orders/export.{format}",
        "GET /v1/orders/{id_or_number}",
        "POST /v1/orders/{id_or_number}/actions/{action}",
        "GET /v1/orders/{id_or_number}/papers/{paper}.pdf",
        "POST /v1/papers",
        "POST /v1/bulk/preview",
        "POST /v1/bulk",
        "GET /v1/jobs",
        "GET /v1/jobs/{job_id}",
        "POST /v1/jobs/{job_id}/undo",
        "POST /v1/jobs/{job_id}/stop",
        "POST /v1/jobs/{job_id}/stop-mails",
        "POST /v1/jobs/{job_id}/retry",
        "GET /v1/analytics",
        "GET /v1/analytics.csv",
        "GET /v1/analytics.parquet",
        "GET /v1/analytics/{name}",
        "GET /v1/analytics/{name}.csv",
        "GET /v1/analytics/{name}.parquet",
    }
    assert told["servers"] == [{"url": "/api"}]
    for item in told["paths"].values():
        for operation in item.values():
            assert {"401", "422", "503"} <= set(operation["responses"])
            assert "application/problem+json" in operation["responses"]["422"]["content"]
    assert "HTTPValidationError" not in json.dumps(told)


def test_an_order_as_described_is_one_that_the_services_take() -> None:
    """Each field of the description is asked for by the service that reads the body, and none other."""
    line = dict.fromkeys(bodies.GivenLine.model_fields) | {"name": "Mug", "quantity": 1, "unit_price": "5.00"}
    body = dict.fromkeys(bodies.GivenOrder.model_fields) | {"currency": "EUR", "lines": [line]}
    body["shipping_address"] = dict.fromkeys(bodies.GivenAddress.model_fields, "")
    order, is_silent = read(body | {"silent": True}, datetime(2026, 3, 14))
    assert (order.total, is_silent) == (5, True)


def test_the_pages_script_and_style_come_from_us(web: Web) -> None:
    page = web.get("/api/v1/docs", headers={"Authorization": ""})
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "//" not in page.text.replace("<!DOCTYPE html>", "")
    for name, kind in (("swagger-ui-bundle.js", "javascript"), ("swagger-ui.css", "text/css")):
        asset = web.get(f"/api/v1/docs-assets/{name}", headers={"Authorization": ""})
        assert f"/api/v1/docs-assets/{name}" in page.text
        assert asset.status_code == 200
        assert kind in asset.headers["content-type"]
    assert web.get("/api/v1/docs-assets/LICENSE").status_code == 200
