"""A trial: a backup restored into a store made for it, proved equal to what was backed up, checked, and let go."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from data.backup import Manifest
from data.backup_reading import read_manifest
from data.checks import check
from data.errors import BackupRefused, StoreError
from data.home import Home
from data.ids import new_id
from data.restoring import restore
from data.store import Store
from services.backups.leftovers import sweep
from services.errors import ShopError
from services.language import _
from services.settings import Settings
from services.shop import opened

# A store takes about three times the room of its Parquet files; what stays free besides.
_ROOM, _RESERVE = 4, 200_000_000
_ABANDONED = 86_400  # seconds after which a scratch store belongs to nobody any more


@dataclass(frozen=True, slots=True)
class Drilled:
    """How a trial went: `fault` is empty when the backup restores and is sound."""

    orders: int = 0
    bytes: int = 0
    fault: str = ""


def drill(folder: Path, settings: Settings, told: Callable[[], None] = lambda: None) -> Drilled:
    """Try the backup in `folder`; nothing of the shop is touched. What goes wrong is the `fault` that is answered."""
    try:
        manifest = read_manifest(folder, told)
        with _scratch(settings, manifest) as scratch:
            wrong = _tried(scratch / "shop.duckdb", folder, manifest, settings, told)
    except StoreError as error:
        return Drilled(fault=_(error.template, **error.values))
    except ShopError as error:
        return Drilled(fault=error.sentence)
    except OSError as error:
        return Drilled(fault=_("There is no place to try it: {reason}.", reason=error.strerror or error))
    fault = _("It restores, but is not sound: {checks}.", checks=", ".join(wrong)) if wrong else ""
    return Drilled(manifest.tables["orders"].rows, manifest.bytes, fault)


def _tried(file: Path, folder: Path, manifest: Manifest, settings: Settings, told: Callable[[], None]) -> list[str]:
    """The names of the checks that find something in the restored store."""
    with closing(Store(Home(str(file), ""), settings.memory, 1)) as store:
        restore(store, folder, manifest, told)
    with opened(replace(settings, store=str(file), threads=1)) as shop:
        told()
        zone = shop.profile().time_zone
        with shop.store.read() as read:
            return [found.name.replace("_", " ") for found in check(read, zone) if found.rows]


@contextmanager
def _scratch(settings: Settings, manifest: Manifest) -> Iterator[Path]:
    """A folder that is gone afterwards: beside an embedded store, where one fits that is as large; elsewhere among the
    machine's temporary files."""
    home = Home(settings.store, settings.files)
    place = Path(settings.store).absolute().parent if home.is_embedded else Path(tempfile.gettempdir())
    sweep(place, ".drill-*", _ABANDONED)  # what a trial left whose process was killed
    room = sum(table.bytes for table in manifest.tables.values()) * _ROOM + _RESERVE
    if (free := shutil.disk_usage(place).free) < room:
        raise BackupRefused(
            "To try the backup takes {room} MB of room in {folder}, and {free} MB are free.",
            room=room // 1_000_000,
            folder=place,
            free=free // 1_000_000,
        )
    scratch = place / f".drill-{new_id()[-6:]}"
    scratch.mkdir(mode=0o700)
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
