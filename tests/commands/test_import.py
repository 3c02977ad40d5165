"""`python -m services import` as a person and a script call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from services.commands.line import main
from tests.imports.invented import file, order


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A shop of its own."""
    monkeypatch.setenv("COMPTOIR_STORE", str(tmp_path / "cli.duckdb"))
    monkeypatch.setenv("COMPTOIR_SECRET", "a secret for tests only")
    monkeypatch.chdir(tmp_path)


def test_the_result_as_json_has_the_promised_shape(tmp_path, capsys):
    path = file(tmp_path, [order(), order("#1002", total="much")])
    assert main(["import", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {
        "run", "format", "rows", "orders", "new", "changed", "same", "rejected", "warnings", "rejects",
    }  # fmt: skip
    assert (told["format"], told["rows"], told["orders"], told["new"], told["rejected"]) == ("shopify", 2, 1, 1, 1)
    assert told["rejects"] == [{"row": 3, "column": "Total", "value": "much", "reason": "“much” is no number."}]


def test_the_second_import_of_a_file_is_all_the_same(tmp_path, capsys):
    path = file(tmp_path, [order()])
    main(["import", str(path)])
    capsys.readouterr()
    assert main(["import", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], told["changed"], told["same"]) == (0, 0, 1)


def test_a_file_with_nothing_good_in_it_ends_with_1(tmp_path, capsys):
    assert main(["import", str(file(tmp_path, [order(total="much")]))]) == 1
    assert "much" in capsys.readouterr().out


def test_a_dry_run_leaves_the_shop_as_it_is(tmp_path, capsys):
    path = file(tmp_path, [order()])
    assert main(["import", str(path), "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["run"] is None
    main(["import", str(path), "--json"])
    assert json.loads(capsys.readouterr().out)["new"] == 1


def test_a_fault_is_one_line_and_1(tmp_path, capsys):
    assert main(["import", str(tmp_path / "nothing.csv")]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "nothing.csv" in said


def test_what_a_table_leaves_open_is_asked_and_answered_by_a_mapping(tmp_path, capsys):
    path = tmp_path / "orders.csv"
    path.write_text("order id,order date,total\n1,03/04/2024,12.50\n2,05/06/2024,3.00\n")
    assert main(["import", str(path)]) == 1
    assert "date_order" in capsys.readouterr().err
    answers = tmp_path / "mapping.json"
    answers.write_text('{"answers": {"date_order": "dmy"}}')
    assert main(["import", str(path), "--mapping", str(answers), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["new"] == 2


def test_the_wrong_format_is_refused_with_what_it_is(tmp_path, capsys):
    assert main(["import", str(file(tmp_path, [order()])), "--format", "ecwid"]) == 1
    assert "shopify" in capsys.readouterr().err
