"""Starting, serving and stopping, as a process of its own. Each start costs seconds, so each test does much."""

from __future__ import annotations

import json
import signal
import socket
import time
from pathlib import Path

import httpx

from services.version import VERSION
from tests.web.conftest import KEY
from tests.web.serving import Process
from tests.web.test_actions import BODY

ENDED_BY_SIGTERM = (0, 143, -signal.SIGTERM)


def test_one_process_serves_pages_api_and_worker_and_stops_when_told(tmp_path: Path) -> None:
    store = tmp_path / "shop.duckdb"
    told = {"COMPTOIR_SHOP_NAME": "Chez <Élise>", "COMPTOIR_LANGUAGE": "fr"}
    with Process(store, **told) as first:
        ready = first.until_ready()
        assert ready | {"status": "ok", "store": str(store), "version": VERSION} == ready
        page = httpx.get(first.url).text
        assert '<html lang="fr">' in page
        assert "<title>Chez &lt;Élise&gt;</title>" in page
        assert httpx.get(f"{first.url}/api/v1/orders", headers=KEY).json()["total"] == 0
        assert _opens_a_websocket(first.port, f"http://127.0.0.1:{first.port}")
        assert not _opens_a_websocket(first.port, "https://evil.example.com")

        with Process(store) as second:
            code, said = second.ends()
            assert code not in (0, *ENDED_BY_SIGTERM)
            assert len(said.splitlines()) == 1
            assert "is in use by another process" in said

        started = time.monotonic()
        code, said = first.ends(signal.SIGTERM)
        assert time.monotonic() - started < 5
        assert code in ENDED_BY_SIGTERM
        assert "Traceback" not in said
        lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
        assert {"route": "/api/v1/orders", "status": 200}.items() <= next(
            line for line in lines if line["message"] == "request"
        ).items()
        assert [line["message"] for line in lines if line["logger"] == "comptoir"][-1] == "stopping"
        loggers = {line["logger"] for line in lines}
        assert "uvicorn.error" in loggers
        assert "uvicorn.access" not in loggers


def test_what_was_answered_is_there_after_a_kill(tmp_path: Path) -> None:
    store = tmp_path / "shop.duckdb"
    with Process(store) as killed:
        killed.until_ready()
        order = httpx.post(f"{killed.url}/api/v1/orders", headers=KEY, json=BODY).json()
        killed.ends(signal.SIGKILL)
    with Process(store) as again:
        again.until_ready()
        assert httpx.get(f"{again.url}/api/v1/orders/{order['id']}", headers=KEY).json() == order


def test_a_wrong_setting_stops_the_start_with_one_line(tmp_path: Path) -> None:
    with Process(tmp_path / "shop.duckdb", COMPTOIR_CURRENCY="EURO") as refused:
        code, said = refused.ends()
    assert code == 1
    assert said == "The setting COMPTOIR_CURRENCY is “EURO”; it takes an ISO 4217 code such as EUR.\n"


def _opens_a_websocket(port: int, origin: str) -> bool:
    """Whether a page of `origin` gets a websocket to the app."""
    asking = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=10) as browser:
        browser.sendall(asking.encode())
        return browser.recv(1000).startswith(b"HTTP/1.1 101")
