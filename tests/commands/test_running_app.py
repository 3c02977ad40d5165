"""A command asks the app that holds the store, and believes no note that proves nothing."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from services import running_app
from services.commands import export
from services.errors import Invalid, Unavailable
from services.settings import Settings


def note(settings: Settings) -> Path:
    return Path(f"{settings.store}.running")


def app(settings: Settings, server: HTTPServer, store: str = "") -> None:
    server.expect_request("/healthz").respond_with_json({"status": "ok", "store": store or settings.store})
    note(settings).write_text(json.dumps({"port": server.port, "pid": os.getpid()}))


def test_the_app_leaves_a_note_while_it_runs(settings: Settings) -> None:
    with running_app.announced(settings, 8501):
        assert json.loads(note(settings).read_text())["port"] == 8501
    assert not note(settings).exists()


def test_a_shared_store_needs_no_note(settings: Settings, tmp_path: Path) -> None:
    shared = replace(settings, store="ducklake:postgres:dbname=shop")
    with running_app.announced(shared, 8501):
        assert [file for file in tmp_path.iterdir() if file.name.endswith(".running")] == []


def test_the_app_of_our_store_is_found(settings: Settings, httpserver: HTTPServer) -> None:
    app(settings, httpserver)
    found = running_app.find(settings)
    assert found is not None
    assert found.address.endswith(str(httpserver.port))


def test_a_note_that_proves_nothing_finds_no_app(settings: Settings, httpserver: HTTPServer) -> None:
    assert running_app.find(settings) is None
    for words in ("", "{}", "[]", '{"port": 1, "pid": 0}', json.dumps({"port": httpserver.port, "pid": 2**22 + 1})):
        note(settings).write_text(words)
        assert running_app.find(settings) is None
    app(settings, httpserver, store="/elsewhere/another.duckdb")
    assert running_app.find(settings) is None


def test_the_file_comes_from_the_app_whole(settings: Settings, httpserver: HTTPServer, tmp_path: Path) -> None:
    app(settings, httpserver)
    httpserver.expect_request(
        "/export/orders.csv", query_string={"q": "tag:gift", "rows": "lines"},
        headers={"X-Comptoir-Token": running_app.token(settings.secret)},
    ).respond_with_data(b"number\r\n1001\r\n")  # fmt: skip
    found = running_app.find(settings)
    assert found is not None
    size = export.write_whole(tmp_path / "a.csv", found.get("/export/orders.csv", {"q": "tag:gift", "rows": "lines"}))
    assert (tmp_path / "a.csv").read_bytes() == b"number\r\n1001\r\n"
    assert size == 14


def test_what_the_app_refuses_is_said_in_its_words(settings: Settings, httpserver: HTTPServer) -> None:
    app(settings, httpserver)
    httpserver.expect_request("/export/orders.csv").respond_with_json({"detail": "There is no such field."}, 422)
    found = running_app.find(settings)
    assert found is not None
    with pytest.raises(Invalid, match="There is no such field"):
        list(found.get("/export/orders.csv", {}))


def test_an_app_that_is_gone_is_said_to_be(settings: Settings) -> None:
    with pytest.raises(Unavailable):
        list(running_app.RunningApp("http://127.0.0.1:1", "token").get("/export/orders.csv", {}))


def test_the_token_is_not_the_secret(settings: Settings) -> None:
    token = running_app.token(settings.secret)
    assert settings.secret not in token
    assert token != running_app.token("another secret")
