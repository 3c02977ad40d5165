"""The key comes before everything, and a parameter that is not known is never ignored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.shop import Shop, put_current
from tests.web.conftest import Web


def test_without_a_key_nothing_is_told_and_the_way_to_one_is(web: Web) -> None:
    answer = web.get("/api/v1/orders/1", headers={"Authorization": ""})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert "COMPTOIR_API_KEY" in answer.json()["detail"]


@pytest.mark.parametrize("header", ["Bearer wrong", "Basic test-key", "test-key", "Bearer test-key2", "Bearer clé"])
def test_a_wrong_key_is_refused(web: Web, header: str) -> None:
    answer = web.get("/api/v1/orders", headers={"Authorization": header.encode()})
    assert answer.status_code == 401
    assert answer.json()["status"] == 401


def test_a_shop_without_a_key_says_how_to_set_one_and_lets_nobody_in(web: Web, shop: Shop) -> None:
    put_current(Shop(shop.store, replace(shop.settings, api_key="")))
    for header in ("", "Bearer ", "Bearer test-key"):
        answer = web.get("/api/v1/orders", headers={"Authorization": header})
        assert answer.status_code == 401
        assert "Set COMPTOIR_API_KEY" in answer.json()["detail"]


def test_the_key_is_asked_for_before_the_body_is_read(web: Web) -> None:
    answer = web.request("POST", "/api/v1/orders", content=b"{not json", headers={"Authorization": "Bearer wrong"})
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["orders?lim=2", "orders/1?x=1", "analytics/overview?month_=1"])
def test_an_unknown_parameter_is_refused_by_name(web: Web, path: str) -> None:
    answer = web.get(f"/api/v1/{path}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] in path


def test_the_key_itself_opens(web: Web) -> None:
    assert web.get("/api/v1/orders").status_code == 200
    assert web.get("/api/v1/orders", headers={"Authorization": "bearer  test-key"}).status_code == 200
