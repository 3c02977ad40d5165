"""Moving house: into a shared store and back, proved, gone on with after a kill, and never over a shop."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from data import moving
from data.checks import check
from data.doors import Writer
from data.home import Home
from data.proofs import tables_of
from data.store import Row, Store
from services.commands.line import main
from services.errors import Conflict, Invalid, ShopError, Unavailable
from services.moving import move
from services.settings import Settings
from services.shop import opened
from tests.orders.sample import draft, keep

ZONE = "Europe/Paris"


@pytest.fixture
def filled(embedded_settings: Settings) -> Settings:
    """A closed shop of three orders and a file that it sells."""
    with opened(embedded_settings) as shop:
        keep(shop, *(draft(str(number), name="Zoë ☠ 'x'") for number in (1, 2, 3)))
    sold = Path(embedded_settings.files) / "digital" / "CARN-5" / "carnet.pdf"
    sold.parent.mkdir(parents=True)
    sold.write_bytes(b"%PDF")
    return embedded_settings


def content(settings: Settings) -> dict[str, list[Row]]:
    store = Store(Home(settings.store, settings.files))
    with store.read() as read:
        found = {name: read.rows(f"from {name} order by all") for name in tables_of(read)}
    store.close()
    return found


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let what is put in be killed at a call; portions are small."""
    real, calls = moving.put_in, [0]
    monkeypatch.setattr(moving, "rows_at_once", lambda *_given: 30)

    def at(call: int) -> None:
        def put_in(write: Writer, *given: object) -> None:
            calls[0] += 1
            if calls[0] == call:
                raise KeyboardInterrupt
            real(write, *given)  # type: ignore[arg-type]

        calls[0] = 0
        monkeypatch.setattr(moving, "put_in", put_in)

    return at


@pytest.mark.postgres
def test_a_shop_moves_into_a_shared_store_and_back_and_is_the_same(
    filled: Settings, shared_settings: Settings, tmp_path: Path
) -> None:
    before = content(filled)
    shared = replace(shared_settings, files=str(tmp_path / "lake"))
    with pytest.raises(Unavailable):  # the catalogue's files lie elsewhere
        move(filled, shared)
    moved = move(filled, shared_settings)
    assert (moved.orders, moved.files, moved.rows) == (3, 0, sum(len(rows) for rows in before.values()))
    assert content(shared_settings) == before
    with opened(shared_settings) as shop, shop.store.read() as read:
        assert {one.name for one in check(read, ZONE) if one.rows} == set()
    home = replace(filled, store=str(tmp_path / "home.duckdb"), files=str(tmp_path / "home"))
    assert move(shared_settings, home).files == 1
    assert content(home) == before == content(filled)
    assert (tmp_path / "home" / "digital" / "CARN-5" / "carnet.pdf").read_bytes() == b"%PDF"
    assert [place.name for place in tmp_path.iterdir() if place.name.endswith(".moving")] == []


def test_a_killed_move_goes_on_where_it_was(filled: Settings, killed: Callable[[int], None], tmp_path: Path) -> None:
    new = replace(filled, store=str(tmp_path / "new.duckdb"))
    killed(10)
    with pytest.raises(KeyboardInterrupt):
        move(filled, new)
    with pytest.raises(ShopError, match="A move into this store was broken off"), opened(new):
        pass
    with pytest.raises(ShopError, match="A move into this store was broken off"):
        move(new, replace(filled, store=str(tmp_path / "third.duckdb")))
    killed(0)
    told: list[int] = []
    move(filled, new, lambda done, _rows: told.append(done))
    rows = sum(len(rows) for rows in content(filled).values())
    assert told[0] > 60  # the first portions were there already
    assert told[-1] == rows
    assert content(new) == content(filled)


def test_what_was_changed_after_a_kill_is_moved_as_it_is_now(
    filled: Settings, killed: Callable[[int], None], tmp_path: Path
) -> None:
    new = replace(filled, store=str(tmp_path / "new.duckdb"))
    killed(10)
    with pytest.raises(KeyboardInterrupt):
        move(filled, new)
    with opened(filled) as shop:
        keep(shop, draft("4"))
    killed(0)
    assert move(filled, new).orders == 4
    assert content(new) == content(filled)


@pytest.mark.postgres
def test_a_shared_store_that_is_changed_meanwhile_is_not_moved_by_halves(
    shared_settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    new = replace(shared_settings, store=str(tmp_path / "new.duckdb"))
    with opened(shared_settings) as shop:
        real = moving.go_on

        def go_on(*given: object) -> None:
            real(*given)  # type: ignore[arg-type]
            keep(shop, draft("5"))

        monkeypatch.setattr(moving, "go_on", go_on)
        with pytest.raises(Conflict, match="was changed while it was moved"):
            move(shared_settings, new)
        monkeypatch.setattr(moving, "go_on", real)
    assert move(shared_settings, new).orders == 1


def test_a_move_goes_over_no_shop_and_away_from_under_no_app(filled: Settings, tmp_path: Path) -> None:
    other = replace(filled, store=str(tmp_path / "other.duckdb"))
    with opened(other) as shop:
        keep(shop, draft("9"))
    with pytest.raises(ShopError, match=r"already holds a shop"):
        move(filled, other)
    with pytest.raises(Invalid, match="there already"):
        move(filled, replace(filled, store=os.path.relpath(filled.store)))
    with opened(filled), pytest.raises(ShopError, match=r"already open|in use"):
        move(filled, replace(filled, store=str(tmp_path / "new.duckdb")))
    assert not (tmp_path / "new.duckdb").exists()
    with pytest.raises(ShopError, match="There is no store at"):
        move(replace(filled, store=str(tmp_path / "none.duckdb")), other)
    (tmp_path / "elsewhere" / "digital" / "CARN-5").mkdir(parents=True)
    (tmp_path / "elsewhere" / "digital" / "CARN-5" / "carnet.pdf").write_bytes(b"another")
    with pytest.raises(ShopError, match=r"carnet\.pdf already lies in"):
        move(filled, replace(filled, store=str(tmp_path / "new.duckdb"), files=str(tmp_path / "elsewhere")))


def test_the_command_says_what_to_start_next(
    filled: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name, value in (("STORE", filled.store), ("FILES", filled.files), ("SECRET", filled.secret)):
        monkeypatch.setenv(f"COMPTOIR_{name}", value)
    monkeypatch.chdir(tmp_path)
    assert main(["move", "--to", "moved.duckdb"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("3 orders moved to moved.duckdb: ")
    assert "Start Comptoir with COMPTOIR_STORE=moved.duckdb" in told
    assert main(["move", "--to", "again.duckdb", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["orders"] == 3
