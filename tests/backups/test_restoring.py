"""A whole shop back: its files too, beside another one, and with what is still lacking said."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from services.backups import making, runs
from services.backups.drill import drill
from services.backups.restoring import restored
from services.backups.runs import Kind
from services.errors import ShopError, store_errors
from services.shop import Shop, opened
from tests.orders.sample import draft, keep

NOW = datetime(2026, 3, 14, 2, 0)


def sold(shop: Shop) -> Path:
    return Path(shop.settings.files) / "digital" / "CARN-5" / "carnet.pdf"


@pytest.fixture
def folder(shop: Shop, tmp_path: Path) -> Path:
    """A backup of a shop of one order and a file that it sells, made while its run was under way."""
    keep(shop, draft())
    sold(shop).parent.mkdir(parents=True)
    sold(shop).write_bytes(b"%PDF")
    assert runs.claim(shop, Kind.BACKUP, None, "it", NOW)
    making.make(shop, tmp_path / "backup", NOW)
    return tmp_path / "backup"


def test_a_shop_is_restored_beside_with_its_files_and_nothing_leaves_there(
    shop: Shop, folder: Path, tmp_path: Path
) -> None:
    beside = replace(
        shop.settings, store=str(tmp_path / "look" / "shop.duckdb"), files=str(tmp_path / "look" / "files")
    )
    assert restored(beside, folder, frozen=True).warnings == ()
    with opened(beside) as other:
        assert other.profile().rule("is_frozen") is True
        assert sold(other).read_bytes() == b"%PDF"
        assert runs.every(other) == []  # nobody is at it there
    assert shop.profile().rule("is_frozen") is False


def test_what_the_restored_shop_lacks_is_said(shop: Shop, folder: Path, tmp_path: Path) -> None:
    elsewhere = replace(shop.settings, store=str(tmp_path / "new.duckdb"), files="s3://bucket", secret="another")
    told = restored(elsewhere, folder).warnings
    assert ["COMPTOIR_SECRET" in told[0], "they lie in files" in told[1]] == [True, True]
    assert shop.settings.secret not in (folder / "manifest.json").read_text()


def test_another_file_of_the_same_name_is_not_written_over(shop: Shop, folder: Path, tmp_path: Path) -> None:
    sold(shop).write_bytes(b"newer")
    new = replace(shop.settings, store=str(tmp_path / "new.duckdb"))
    with pytest.raises(ShopError, match=r"carnet\.pdf already lies in"), store_errors():
        restored(new, folder)
    assert not Path(new.store).exists()
    assert sold(shop).read_bytes() == b"newer"


def test_a_trial_without_room_says_so_and_leaves_nothing(
    shop: Shop, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_place: Path) -> object:
        return type("Usage", (), {"free": 1})

    monkeypatch.setattr("shutil.disk_usage", full)
    assert "MB are free" in drill(folder, shop.settings).fault
    assert not list(tmp_path.glob(".drill-*"))
