"""What Comptoir writes it reads back as the same orders."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from services.commands.line import main

# ids are each store's own; they stand inside what happened to an order too
OWN = {"id", "line_id", "payments", "shipments", "notes"}


def in_store(monkeypatch: pytest.MonkeyPatch, name: str, *words: str) -> None:
    monkeypatch.setenv("COMPTOIR_STORE", f"{name}.duckdb")
    assert main(list(words)) == 0


def rows(file: str) -> list[dict[str, Any]]:
    with Path(file).open(encoding="utf-8-sig", newline="") as lines:
        return [
            {name: _without_ids(cell) if name in OWN else cell for name, cell in row.items()}
            for row in csv.DictReader(lines)
        ]


def _without_ids(cell: str) -> object:
    if not cell.startswith("["):
        return None
    return [
        {name: len(value) if name == "lines" else value for name, value in fact.items() if name != "id"}
        for fact in json.loads(cell)
    ]


@pytest.mark.parametrize("format", ["csv", "xlsx", "json", "parquet"])
def test_a_file_of_lines_imported_elsewhere_gives_the_same_orders(
    format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMPTOIR_SECRET", "s")
    in_store(monkeypatch, "one", "demo", "--orders", "80", "--until", "2026-03-14")
    in_store(monkeypatch, "one", "export", "--to", "one.csv", "--rows", "lines")
    in_store(monkeypatch, "one", "export", "--to", f"there.{format}", "--rows", "lines")
    capsys.readouterr()
    in_store(monkeypatch, "two", "import", f"there.{format}", "--json")
    counts = json.loads(capsys.readouterr().out)
    assert (counts["new"], counts["rejected"]) == (80, 0)
    in_store(monkeypatch, "two", "export", "--to", "two.csv", "--rows", "lines")
    assert rows("two.csv") == rows("one.csv")
