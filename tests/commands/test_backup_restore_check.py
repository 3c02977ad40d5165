"""`backup`, `restore` and `check` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data import intake
from services.commands.line import main
from services.settings import Settings
from services.shop import Shop, opened
from tests.data.orders import ZONE, draft, rows


@pytest.fixture
def filled(any_settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """A shop of one order, named in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMPTOIR_STORE", any_settings.store)
    monkeypatch.setenv("COMPTOIR_FILES", any_settings.files)
    monkeypatch.setenv("COMPTOIR_SECRET", "a secret for tests only")
    monkeypatch.setenv("COMPTOIR_TIME_ZONE", ZONE)
    with opened(any_settings) as shop, shop.store.write() as write:
        intake.add(write, rows(draft(1)), ZONE)
    return any_settings


def test_a_shop_goes_out_and_into_a_new_store_and_is_sound(
    filled: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = str(tmp_path / "kept")
    assert main(["backup", folder]) == 0
    assert capsys.readouterr().out == f"Backup of 1 order written to {folder}.\n"
    assert main(["restore", folder]) == 1
    told = capsys.readouterr().err
    assert "already holds a shop" in told
    assert told.count("\n") == 1
    monkeypatch.setenv("COMPTOIR_STORE", str(tmp_path / "new.duckdb"))
    assert main(["restore", folder, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["orders"] == 1
    assert main(["check", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is True
    assert {"name": "orders_come_from_a_source_once", "rows": 0} in answer["checks"]


def test_a_backup_says_that_goods_on_a_bucket_are_not_in_it(
    shop: Shop, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shop.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMPTOIR_STORE", shop.settings.store)
    monkeypatch.setenv("COMPTOIR_FILES", "s3://goods/shop")
    monkeypatch.setenv("COMPTOIR_SECRET", "a secret for tests only")
    assert main(["backup", str(tmp_path / "kept")]) == 0
    said = "The files that the shop sells lie in s3://goods/shop/digital and are in no backup"
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("any_settings", ["embedded"], indirect=True)
def test_a_store_that_is_not_sound_ends_with_1(filled: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(filled) as shop, shop.store.write() as write:
        write.execute("update orders set line_count = 7")
    assert main(["check", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is False
    assert {"name": "lines_are_counted", "rows": 1} in answer["checks"]
    assert main(["check"]) == 1
    assert "lines are counted: 1 row is wrong (#1001)" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["check"], ["backup", "kept"]])
def test_a_store_that_is_not_there_is_not_made(
    words: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMPTOIR_SECRET", "a secret for tests only")
    monkeypatch.setenv("COMPTOIR_STORE", str(tmp_path / "none.duckdb"))
    assert main(words) == 1
    assert "There is no store at" in capsys.readouterr().err
    assert not (tmp_path / "none.duckdb").exists()
