"""Every error under /api has one form, and says what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from data.errors import QueryRefused, StoreUnreachable
from services.orders import finding
from services.shop import Shop
from services.web import orders
from services.web.api import LARGEST_BODY
from tests.orders.sample import draft, keep
from tests.web.conftest import Web


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/nope", "/api/v1", "/api/v1/nope", "/api/v2/orders", "/api/v1/orders/"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_unknown_path_is_a_404_of_that_form(web: Web, path: str, method: str) -> None:
    answer = web.request(method, path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == 404
    assert told["title"] == "Not Found"
    assert path in told["detail"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_method_that_a_path_does_not_take_is_a_405_that_names_those_it_takes(web: Web, method: str) -> None:
    answer = web.request(method, "/api/v1/orders/1")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"
    assert answer.json()["title"] == "Method Not Allowed"


@pytest.mark.parametrize(
    ("parameters", "fields"),
    [
        ("limit=0", ["limit"]),
        ("limit=201", ["limit"]),
        ("limit=many", ["limit"]),
        ("sort=colour", ["sort"]),
        ("month=2026-13", ["month.0"]),
        ("payment_status=payed", ["payment_status.0"]),
        ("placed_from=yesterday&total_min=much", ["placed_from", "total_min"]),
        ("total_min=NaN", ["total_min"]),
        ("q=colour:blue", ["q"]),
        ("q=%22open", ["q"]),
        ("cursor=nonsense", ["cursor"]),
        ("cursor=WyItcGxhY2VkX2F0IiwgIjIwMjYtMDEtMDFUMDA6MDA6MDAiLCAieCJd", ["cursor"]),
    ],
)
def test_what_does_not_fit_is_named_field_by_field(web: Web, shop: Shop, parameters: str, fields: list[str]) -> None:
    keep(shop, draft("1"))
    answer = web.get(f"/api/v1/orders?{parameters}")
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == fields


def test_a_store_that_does_not_answer_is_a_503_with_a_sentence(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "find", _raising(StoreUnreachable("The store's PostgreSQL does not answer.")))
    answer = web.get("/api/v1/orders")
    assert answer.status_code == 503
    assert answer.json()["detail"] == "The store's PostgreSQL does not answer."
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize("fault", [RuntimeError("password=hunter2"), QueryRefused("Parser Error near hunter2")])
def test_a_fault_of_ours_is_a_500_that_keeps_its_secrets(
    web: Web, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    monkeypatch.setattr(orders, "find", _raising(fault))
    answer = web.get("/api/v1/orders")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "hunter2" not in answer.text


def test_a_body_that_is_too_large_is_a_413(web: Web) -> None:
    answer = web.request("POST", "/api/v1/orders", content=b" " * (LARGEST_BODY + 1))
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_errors_speak_the_callers_language(web: Web) -> None:
    answer = web.get("/api/v1/nope", headers={"Accept-Language": "fr-CA,fr;q=0.9"})
    assert answer.json()["detail"] == "Il n’y a rien à l’adresse /api/v1/nope."


def _raising(error: Exception) -> Callable[..., Any]:
    def raise_it(*_args: object, **_told: object) -> finding.Found:
        raise error

    return raise_it
