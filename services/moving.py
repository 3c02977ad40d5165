"""Moving house: the whole shop from one kind of store to another, and back.

By a backup of one moment, which is taken over in portions and proved table by table: the old store is only read. The
backup lies beside until the move is over, and the same call goes on where a killed one was.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from data import moving, proofs
from data.backup import Manifest, hashes_under, write_backup
from data.backup_reading import read_manifest
from data.errors import BackupRefused
from data.home import Home
from data.migrations import applied, refuse_half_moved
from data.store import Reader, Store
from services import clock
from services.backups import file_copies
from services.backups.making import secret_mark
from services.errors import Conflict, Invalid, NotFound, store_errors
from services.goods import files
from services.language import _
from services.settings import Settings
from services.shop import home_of
from services.version import VERSION

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move took over: orders, tables, rows of all tables, and files that the shop sells. `warning` says what is
    left to do by hand, if anything."""

    orders: int
    tables: int
    rows: int
    files: int
    warning: str


def move(source: Settings, target: Settings, told: Told = lambda done, rows: None) -> Moved:
    """Take the shop of `source` to `target`, a new store; the old one stays as it is. `told` hears how many rows of how
    many are there. Raises `Conflict` when the old store was changed meanwhile, and the store's errors: `StoreBusy`
    while an app holds the old file, `BackupRefused` when the new store holds a shop."""
    old, new = home_of(source), home_of(target)
    if _is_same_place(old, new):
        raise Invalid(_("The shop is there already: give another store with --to."))
    if not old.exists:
        raise NotFound(_("There is no store at {path} yet.", path=source.store))
    with store_errors(), closing(Store(old, source.memory, source.threads)) as store:
        with store.read() as read:
            refuse_half_moved(read)
            if not applied(read):
                raise NotFound(_("There is no shop in {store} yet.", store=old.name))
        copied, warning = _move_files(source, target)
        scratch = _scratch(old, new)
        stamp = store.stamp()
        manifest = _of_one_moment(store, source, scratch / "backup")
        with closing(Store(new, target.memory, target.threads)) as taking:
            moving.begin(taking, scratch / "backup", manifest)
            moving.go_on(taking, scratch / "backup", manifest, lambda done: told(done, manifest.rows))
            if store.stamp() != stamp:
                _refuse_changed(store, manifest)
            _finish(taking, scratch / "backup", manifest)
    shutil.rmtree(scratch, ignore_errors=True)
    return Moved(manifest.tables["orders"].rows, len(manifest.tables), manifest.rows, copied, warning)


def _of_one_moment(store: Store, source: Settings, folder: Path) -> Manifest:
    """A backup of the old store: the one that a killed move has left, as long as it still is what the store holds."""
    try:
        kept = read_manifest(folder)
    except BackupRefused:
        kept = None
    with store.read() as read:
        if kept and _holds(read, kept):
            return kept
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.parent.mkdir(parents=True, mode=0o700)
        return write_backup(read, folder, clock.now(), version=VERSION, secret=secret_mark(source))


def _finish(store: Store, folder: Path, manifest: Manifest) -> None:
    try:
        moving.finish(store, folder, manifest)
    except BackupRefused:
        moving.start_anew(store)
        raise


def _refuse_changed(store: Store, manifest: Manifest) -> None:
    with store.read() as read:
        if not _holds(read, manifest):
            raise Conflict(
                _(
                    "The old store was changed while it was moved: the new one is not finished. Stop every Comptoir on "
                    "the old store and run the same again."
                )
            )


def _holds(read: Reader, manifest: Manifest) -> bool:
    """Whether a store holds what a backup holds, table by table."""
    columns = proofs.columns_of(read)
    return set(columns) == set(manifest.tables) and all(
        (found.rows, found.sums, found.content) == (kept.rows, kept.sums, kept.content)
        for name, kept in manifest.tables.items()
        for found in [proofs.proof(read, name, columns[name])]
    )


def _move_files(source: Settings, target: Settings) -> tuple[int, str]:
    """Copy the files that the shop sells, where the new place is another one; how many, and what is left to do."""
    here, there = files.folder(source), files.folder(target)
    if here is None or not here.is_dir() or (there and here.resolve() == there.resolve()):
        return 0, ""
    found = hashes_under(here)
    if there is None:
        left = _("Files that the shop sells are not copied to a bucket: copy {folder} to {files}/digital yourself.",
                 folder=here, files=target.files)  # fmt: skip
        return 0, left if found else ""
    file_copies.refuse_others(there, found)
    file_copies.put(here, there, found)
    return len(found), ""


def _is_same_place(old: Home, new: Home) -> bool:
    if old.is_embedded and new.is_embedded:
        return Path(old.address).resolve() == Path(new.address).resolve()
    return old.address == new.address


def _scratch(old: Home, new: Home) -> Path:
    """Where the backup lies meanwhile, found again by the next call: beside whichever store is a file."""
    for home in (new, old):
        if home.is_embedded:
            return Path(f"{home.address}.moving")
    mark = sha256(f"{old.address}\n{new.address}".encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"comptoir-moving-{mark}"
