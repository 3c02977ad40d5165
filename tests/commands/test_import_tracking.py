"""`python -m services import-tracking FILE`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from services.commands.line import main
from services.orders import reading
from services.settings import Settings
from services.shop import open_shop
from tests.orders.sample import draft, keep

UPS = "1Z5R89390357567127"


@pytest.fixture
def carriers_file(embedded_settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file of two parcels, one of an order of the shop; the settings are the process's."""
    shop = open_shop(embedded_settings)
    keep(shop, draft("1001"))
    shop.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMPTOIR_STORE", embedded_settings.store)
    monkeypatch.setenv("COMPTOIR_FILES", embedded_settings.files)
    monkeypatch.setenv("COMPTOIR_SECRET", "a secret for tests only")
    path = tmp_path / "ups.csv"
    path.write_text(f"Reference,Tracking number\n#1001,{UPS}\n#9999,1Z879E930346834440\n", encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], words: Sequence[str]) -> tuple[int, str]:
    code = main(["import-tracking", *words])
    return code, capsys.readouterr().out


def test_a_dry_run_changes_nothing_and_a_run_ships(
    carriers_file: Path, embedded_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = said(capsys, [str(carriers_file), "--dry-run", "--json"])
    told = json.loads(text)
    assert (code, told["shipped"], told["left"], told["job"]) == (0, 1, 1, None)
    assert told["notices"][0]["reason"] == "There is no order #9999."
    code, text = said(capsys, [str(carriers_file), "--silent"])
    assert code == 0
    assert "1 order marked as shipped" in text
    assert "row 3, #9999" in text
    shop = open_shop(embedded_settings)
    order = reading.order(shop, "1001")
    shop.close()
    assert (order.shipments[0].tracking_number, order.messages) == (UPS, ())


def test_a_file_of_which_nothing_fits_ends_with_1(carriers_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    carriers_file.write_text("Reference,Tracking number\n9999,1Z879E930346834440\n", encoding="utf-8")
    assert said(capsys, [str(carriers_file)])[0] == 1
    assert main(["import-tracking", "nothing.csv"]) == 1
