"""The open shop: its store and settings, one per process. Pages, routes, worker and commands all ask here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from data import event_chain
from data.filling import mend
from data.home import Bucket, Home
from data.migrations import check_tables, migrate
from data.store import Store
from data.untold import make_known
from services import clock
from services.errors import store_errors
from services.profile import Profile, profile
from services.settings import Settings, read_settings


@dataclass
class Shop:
    """A store with the settings it was opened by."""

    store: Store
    settings: Settings
    _known: tuple[int | None, Profile] | None = field(default=None, repr=False, compare=False)

    def profile(self) -> Profile:
        """The shop's own settings as they are now. Everything asks for them, so an embedded store is asked only when
        they were changed: the beginning and the end of a snapshot wait for whoever is writing to the disk."""
        change, known = self.store.changed("settings"), self._known
        if change is not None and known and known[0] == change:
            return known[1]
        with self.store.read() as read:
            kept = profile(read, self.settings)
        self.store.zone = kept.time_zone
        self._known = (change, kept)
        return kept

    def close(self) -> None:
        self.store.close()


def begin_log(store: Store) -> None:
    """Give the log of a store that was made before logs were linked its first links."""
    with store.read() as read:
        is_begun = event_chain.is_begun(read)
    if not is_begun:
        with store.write() as write:
            event_chain.begin(write)


_opened: Shop | None = None
_opening = threading.Lock()


def home_of(settings: Settings) -> Home:
    """Where the store of these settings lives, with how to get at its files."""
    of_bucket = (settings.s3_endpoint, settings.s3_region, settings.s3_key_id, settings.s3_secret_key)
    return Home(settings.store, settings.files, Bucket(*of_bucket, settings.s3_session_token))


def open_shop(settings: Settings) -> Shop:
    """Open the store of `settings` and bring its tables up to date. Raises `Unavailable` with a sentence."""
    with store_errors():
        store = Store(home_of(settings), settings.memory, settings.threads)
        try:
            migrate(store, clock.now())
            store.on_new_tables = check_tables
            make_known(store)
            mend(store, clock.now())
            begin_log(store)
        except BaseException:
            store.close()
            raise
        shop = Shop(store, settings)
        shop.profile()
        return shop


def current() -> Shop:
    """The shop of this process, opened at the first call."""
    global _opened
    with _opening:
        if _opened is None:
            _opened = open_shop(read_settings())
        return _opened


def put_current(shop: Shop | None) -> None:
    """Make `shop` the one of this process (tests), or forget it."""
    global _opened
    with _opening:
        _opened = shop


@contextmanager
def opened(settings: Settings) -> Iterator[Shop]:
    """A shop for the length of a command."""
    shop = open_shop(settings)
    try:
        yield shop
    finally:
        shop.close()
