"""Tables of a shared store that nothing was ever put in, made known to its catalogue."""

from __future__ import annotations

from data.store import Store


def make_known(store: Store) -> list[str]:
    """Do so for all that need it, and see to the catalogue's indexes; the names of the tables. An embedded store has
    none."""
    if not store.catalogue:
        return []
    store.catalogue.index()
    if not store.catalogue.has_untold():
        return []
    with store.write():  # nobody else puts in a first row meanwhile
        return store.catalogue.tell_of_empty()
