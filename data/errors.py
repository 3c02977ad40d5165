"""What can go wrong at the store, each with a sentence fit to show."""


class StoreError(Exception):
    """Root of the store's errors; its text is a sentence for the person who runs the shop."""


class StoreBusy(StoreError):
    """Another process holds the embedded store."""


class StoreTooNew(StoreError):
    """The store was made by a newer Comptoir."""


class StoreUnreachable(StoreError):
    """The store's catalogue or files cannot be reached just now."""


class StoreFull(StoreError):
    """The disk has no room left; the change was rolled back."""


class StoreDamaged(StoreError):
    """The file is not a store, or can no longer be read."""


class QueryRefused(StoreError):
    """A question that the store does not understand."""
