"""A backup back into a new place: its files, then its tables, all of them proved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data import backup_runs
from data.backup import FILES, Manifest
from data.backup_reading import read_manifest
from data.errors import BackupRefused
from data.home import Home
from data.migrations import migrate
from data.restoring import restore
from services import clock, profile
from services.backups import file_copies
from services.backups.making import secret_mark
from services.goods import files
from services.language import _
from services.people import SYSTEM
from services.settings import Settings
from services.shop import opened


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup held, and sentences on what the shop lacks all the same."""

    manifest: Manifest
    warnings: tuple[str, ...]


def restored(settings: Settings, folder: Path, *, frozen: bool = False) -> Restored:
    """Restore the backup in `folder` into the store and the folder of files of `settings`, which must not hold a shop
    yet; `frozen` lets no mail leave there until somebody resumes. All is compared before anything is written. What was
    broken off is done anew by the same call. Raises the store's errors, `BackupRefused` first of all."""
    manifest = read_manifest(folder)
    root = files.folder(settings)
    if root:
        file_copies.refuse_others(root, manifest.files)
    had_store = Home(settings.store, settings.files).exists
    try:
        with opened(settings) as shop:
            if root:
                file_copies.put(folder / FILES, root, manifest.files)
            restore(shop.store, folder, manifest)
            migrate(shop.store, clock.now())
            with shop.store.write() as write:
                backup_runs.forget_running(write)
                if frozen:
                    profile.change(write, settings, {"is_frozen": True}, SYSTEM.name, clock.now())
    except BackupRefused:
        if not had_store:
            Path(settings.store).unlink(missing_ok=True)
        raise
    return Restored(manifest, tuple(_warnings(settings, manifest, root)))


def _warnings(settings: Settings, manifest: Manifest, root: Path | None) -> list[str]:
    said = []
    if manifest.secret and manifest.secret != secret_mark(settings):
        said.append(
            _(
                "This shop had another COMPTOIR_SECRET. Set that one before you start: without it gift cards cannot be "
                "read or taken."
            )
        )
    if manifest.files and root is None:
        said.append(
            _("The files that the shop sells were not restored: they lie in {folder} of the backup.", folder=FILES)
        )
    return said
