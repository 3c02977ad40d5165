"""Where the shops of the fault tests live: a file, or DuckLake with a catalogue of its own."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psycopg

from data.home import DUCKLAKE, Home
from data.migrations import migrate
from data.store import Store
from tests.postgres import Server

MADE = datetime(2026, 1, 1)


class Homes:
    """Makes empty shops, copied from one that was made once; `server` None means files."""

    def __init__(self, folder: Path, server: Server | None) -> None:
        self.name = "DuckLake" if server else "embedded"
        self._server, self._folder, self._copying = server, folder, threading.Lock()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self._template = self._address(folder, "")
        store = Store(Home(self._template, str(folder / "files")))
        try:
            migrate(store, MADE)
        finally:
            store.close()

    @property
    def is_shared(self) -> bool:
        return self._server is not None

    @contextmanager
    def empty(self, folder: Path, *, is_warm: bool = True) -> Iterator[dict[str, str]]:
        """Settings of an empty shop in a folder; one that is not warm has no tables yet."""
        folder.mkdir(parents=True, exist_ok=True)
        template = self._template if is_warm else ""
        address = self._address(folder, template)
        try:
            yield {"COMPTOIR_STORE": address, "COMPTOIR_FILES": str(folder / "files")}
        finally:
            if self._server:
                self._server.drop(_database(address))
            shutil.rmtree(folder, ignore_errors=True)

    def _address(self, folder: Path, template: str) -> str:
        if self._server is None:
            file = folder / "shop.duckdb"
            if template:
                shutil.copyfile(template, file)
            return str(file)
        with self._copying:  # one at a time from one template
            name = self._server.create(*([_database(template)] if template else []))
        if template:
            with psycopg.connect(self._server.words(name)) as con:
                con.execute("update ducklake_metadata set value = %s where key = 'data_path'", [f"{folder / 'files'}/"])
        return f"{DUCKLAKE}{self._server.words(name)}"


def _database(address: str) -> str:
    return address.split("dbname=")[1].split()[0]
