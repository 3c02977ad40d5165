"""What every test may ask for: a fresh store, a fresh shop, one named instant."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from data.home import DUCKLAKE, Home
from data.migrations import migrate
from data.store import Store
from data.untold import make_known
from services.language import use
from services.settings import Settings, read_settings
from services.shop import Shop, open_shop, put_current
from tests.postgres import NoPostgres, Server, must_have_all, server

NOW = datetime(2026, 3, 14, 9, 26, 53)

# Few tests that take long each: begun first, so that at the end one processor is not left alone with them.
LONG = (
    "tests/faults/", "tests/messages/test_every_step.py", "tests/test_moving.py", "tests/test_cluster.py",
    "tests/commands/test_backup_restore_check.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end. Streamlit collects garbage after every run of a page: it need not look
    through thousands of tests each time, which took longer than the pages."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Each test begins in English, whatever language the one before has ended in."""
    with use("en"):
        yield


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a French shop with a store of its own, nothing from the machine's environment."""
    return read_settings(
        {
            "COMPTOIR_STORE": str(tmp_path / "shop.duckdb"),
            "COMPTOIR_FILES": str(tmp_path / "files"),
            "COMPTOIR_SECRET": "a secret for tests only",
            "COMPTOIR_API_KEY": "test-key",
            "COMPTOIR_SHOP_NAME": "Chez Élise",
            "COMPTOIR_MERCHANT_EMAIL": "elise@example.com",
            "COMPTOIR_SENDER_EMAIL": "no-reply@example.com",
            "COMPTOIR_TIME_ZONE": "Europe/Paris",
        },
        tmp_path,
    )


@pytest.fixture(scope="session")
def _file_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty, migrated shop: copied per test, instead of made per test."""
    file = tmp_path_factory.mktemp("template") / "shop.duckdb"
    store = Store(Home(str(file), ""))
    try:
        migrate(store, NOW)
    finally:
        store.close()
    return file


@pytest.fixture
def embedded_settings(settings: Settings, _file_template: Path) -> Settings:
    """Settings of an empty shop whose file is there already."""
    shutil.copyfile(_file_template, settings.store)
    return settings


@pytest.fixture
def shop(embedded_settings: Settings) -> Iterator[Shop]:
    """An open, empty shop on the embedded store; also the current one of this process."""
    yield from _opened(embedded_settings)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One PostgreSQL for the whole run, started at the first test that asks. Where its programs are missing the test
    is skipped, or fails when `CI=true` or `COMPTOIR_REQUIRE_ALL=1`."""
    try:
        with server() as running:
            yield running
    except NoPostgres as error:
        if must_have_all():
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def _shared_template(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database that holds the catalogue of an empty, migrated shop: copied per test, instead of made per test."""
    name = postgres.create()
    store = Store(Home(f"{DUCKLAKE}{postgres.words(name)}", str(tmp_path_factory.mktemp("template"))))
    try:
        migrate(store, NOW)
        make_known(store)
    finally:
        store.close()
    return name


@pytest.fixture
def shared_settings(settings: Settings, postgres: Server, _shared_template: str, tmp_path: Path) -> Iterator[Settings]:
    """Settings of an empty shop on DuckLake, with a catalogue and a folder of its own."""
    name = postgres.create(_shared_template)
    with psycopg.connect(postgres.words(name)) as con:
        con.execute("update ducklake_metadata set value = %s where key = 'data_path'", [f"{tmp_path / 'files'}/"])
    yield replace(settings, store=f"{DUCKLAKE}{postgres.words(name)}")
    postgres.drop(name)


@pytest.fixture
def shared_shop(shared_settings: Settings) -> Iterator[Shop]:
    """An open, empty shop on DuckLake; also the current one of this process."""
    yield from _opened(shared_settings)


@pytest.fixture(params=["embedded", pytest.param("ducklake", marks=pytest.mark.postgres)])
def any_settings(request: pytest.FixtureRequest) -> Settings:
    """Settings of an empty shop: the test runs once for each home, the file and DuckLake."""
    return request.getfixturevalue("embedded_settings" if request.param == "embedded" else "shared_settings")


@pytest.fixture
def any_shop(any_settings: Settings) -> Iterator[Shop]:
    """An open, empty shop: the test runs once on the embedded file and once on DuckLake (marked `postgres`).

    Ask for it where SQL is run: a feature that works on one home only is not done. `shop` (embedded only) is
    enough for rules and screens; `postgres`, the server, is for tests that stop and start it."""
    yield from _opened(any_settings)


def _opened(settings: Settings) -> Iterator[Shop]:
    opened = open_shop(settings)
    put_current(opened)
    yield opened
    put_current(None)
    opened.close()
