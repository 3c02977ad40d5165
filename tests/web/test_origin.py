"""Only our own pages, on this machine, under our own names."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from services.shop import Shop
from services.web.origin import OwnPagesOnly, is_local
from tests.web.conftest import Web


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.2"])
def test_this_machine_is_local(address: str) -> None:
    assert is_local(address)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "", "192.168.1.4", "shop.example.com", "localhost.example.com"])
def test_any_other_address_is_not(address: str) -> None:
    assert not is_local(address)


def answered(scope: dict[str, Any]) -> str:
    """Whether a request reaches the app behind: "app", or what came instead."""
    sent: list[dict[str, Any]] = []

    async def app(_scope: object, _receive: object, _send: object) -> None:
        sent.append({"type": "app"})

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(OwnPagesOnly(app)(scope, receive, send))  # type: ignore[arg-type]
    return f"{sent[0]['type']} {sent[0].get('status', sent[0].get('code', ''))}".strip()


def scope(kind: str = "http", method: str = "GET", path: str = "/", **told: Any) -> dict[str, Any]:
    headers = {"host": "127.0.0.1:8501"} | {name.replace("_", "-"): value for name, value in told.items()}
    pairs = [(name.encode(), value.encode()) for name, value in headers.items() if name != "server"]
    server = ("10.0.0.4", 8501) if told.get("server") else ("127.0.0.1", 8501)
    return {"type": kind, "method": method, "path": path, "headers": pairs, "server": server}


def test_our_own_page_opens_its_websocket(shop: Shop) -> None:
    assert answered(scope("websocket", origin="http://127.0.0.1:8501")) == "app"
    assert answered(scope("websocket")) == "app"


@pytest.mark.parametrize("origin", ["http://127.0.0.1:9999", "https://evil.example.com", "null", ""])
def test_another_sites_websocket_is_refused(shop: Shop, origin: str) -> None:
    assert answered(scope("websocket", origin=origin)) == "websocket.close 4403"


def test_another_sites_post_is_refused_but_a_program_and_the_api_are_not(shop: Shop) -> None:
    foreign = {"origin": "https://evil.example.com"}
    assert answered(scope(method="PUT", path="/_stcore/upload_file/x", **foreign)) == "http.response.start 403"
    assert answered(scope(method="POST", path="/_stcore/x")) == "app"
    assert answered(scope(method="POST", path="/webhooks/shopify", **foreign)) == "app"


def test_a_name_that_is_not_ours_reads_nothing(shop: Shop) -> None:
    """Another site's name pointed at this machine would make its page same-origin with us."""
    assert answered(scope(host="evil.example.com:8501")) == "http.response.start 403"
    assert answered(scope("websocket", host="evil.example.com", origin="http://evil.example.com")) == (
        "websocket.close 4403"
    )
    assert answered(scope(host="localhost:8501")) == "app"
    assert answered(scope(host="[::1]:8501")) == "app"


def test_what_came_in_on_a_public_address_is_refused(shop: Shop) -> None:
    assert answered(scope(server="public")) == "http.response.start 403"
    assert answered(scope(path="/api/v1/orders", server="public")) == "http.response.start 403"


def test_pages_tell_the_browser_to_load_nothing_from_elsewhere(web: Web) -> None:
    answer = web.get("/api/v1/docs")
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
