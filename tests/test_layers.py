"""Imports go one way, and each foreign library has its one room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("data", "services", "pages", "app")


def source_files() -> list[Path]:
    return [
        ROOT / "app.py",
        *(file for room in ("data", "services", "pages") for file in sorted((ROOT / room).rglob("*.py"))),
    ]


def imported(source: str) -> Iterator[str]:
    """Every module that a source names, inside functions and for types too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            module = node.module or ""
            yield module
            yield from (f"{module}.{name.name}" for name in node.names)


def faults(place: str, source: str) -> list[str]:
    """What a file at `place` (from the root) imports although it may not."""
    modules = set(imported(source))
    rooms = {module.split(".")[0] for module in modules}
    forbidden: set[str] = set()
    if place.startswith("data/"):
        forbidden |= {"services", "pages", "app", "streamlit"}
    elif place.startswith("services/"):
        forbidden |= {"pages", "app", "streamlit", "duckdb", "psycopg"}
    else:
        forbidden |= {"data", "duckdb", "psycopg"} - ({"data"} if place.startswith("pages/") else set())
    if place != "services/messages/sendgrid_edge.py":
        forbidden |= {"sendgrid", "python_http_client"}
    if not place.startswith("services/goods/bucket"):
        forbidden |= {"boto3", "botocore"}
    found = sorted(rooms & forbidden)
    if not place.startswith("services/web/") and place != "app.py":
        found += sorted(rooms & {"fastapi", "starlette"})
    return [f"{place} imports {room}" for room in found]


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ("data/orders.py", "from services import clock"),
        ("data/orders.py", "import streamlit"),
        ("services/clock.py", "def late():\n    import duckdb"),
        ("services/orders/order.py", "from pages.parts import badges"),
        ("services/messages/worker.py", "from sendgrid import Mail"),
        ("services/goods/files.py", "def listed():\n    import boto3"),
        ("services/orders/order.py", "from fastapi import Request"),
        ("pages/orders.py", "import duckdb"),
        ("app.py", "from data.store import Store"),
    ],
)
def test_an_import_the_wrong_way_is_seen(place: str, source: str) -> None:
    assert faults(place, source)


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ("services/orders/order.py", "from data.store import Row"),
        ("services/web/api.py", "from fastapi import Request"),
        ("services/messages/sendgrid_edge.py", "import sendgrid"),
        ("pages/orders.py", "import streamlit as st\nfrom services import shop"),
    ],
)
def test_an_import_the_right_way_is_let_be(place: str, source: str) -> None:
    assert not faults(place, source)


def test_imports_go_one_way() -> None:
    found = [
        fault
        for file in source_files()
        for fault in faults(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


def test_sql_is_spoken_in_the_data_room_only() -> None:
    """A text that begins like a statement, outside `data/`, is a question that belongs there."""
    spoken = ("select ", "insert into ", "delete from ", "update ", "with chosen as", "create table ")
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}: {node.value[:60]!r}"
        for file in source_files()
        if not file.is_relative_to(ROOT / "data")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(spoken)
    ]
    assert not found, "\n".join(found)
