"""What can go wrong at the store, each with a sentence fit to show.

A sentence is kept as a template with its values apart, so that the edge can translate it: `str(error)` is the
English sentence, `error.template` the message id in the catalogues, `error.values` what stands in its gaps.
"""


class StoreError(Exception):
    """Root of the store's errors."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template, values)
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format(**self.values) if self.values else self.template


class StoreBusy(StoreError):
    """Another process holds the embedded store, or another writer does not let go."""


class StoreTooNew(StoreError):
    """The store was made by a newer Comptoir."""


class StoreUnreachable(StoreError):
    """The store's catalogue or files cannot be reached just now."""


class StoreFull(StoreError):
    """The disk has no room left; the change was rolled back."""


class StoreReadOnly(StoreError):
    """The store's files cannot be written; the change was rolled back."""


class StoreDamaged(StoreError):
    """The file is not a store, or can no longer be read."""


class StoreTooSmall(StoreError):
    """The question needs more memory than the engine may take."""


class QueryRefused(StoreError):
    """A question that the store does not understand."""


class SqlRefused(StoreError):
    """A person's own SQL that is not run. `at` is the byte of the text where it is wrong, if that is known; `word` what
    stands there; `nearest` are names that may have been meant."""

    def __init__(
        self, template: str, at: int | None = None, word: str = "", nearest: tuple[str, ...] = (), **values: object
    ) -> None:
        super().__init__(template, **values)
        self.at, self.word, self.nearest = at, word, nearest


class BackupRefused(StoreError):
    """A backup cannot be written or taken back as asked."""
