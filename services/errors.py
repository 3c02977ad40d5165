"""The few errors of the shop. Each carries a sentence for the merchant; pages and routes catch only these.

ShopError
├── Invalid        what was given does not fit (a field, a file, a query)   HTTP 422
├── NotFound       no such order, run, message                             HTTP 404
├── Conflict       somebody was faster, or the step is not legal now       HTTP 409
├── Unavailable    the store or a service beside us cannot be reached      HTTP 503
└── Misconfigured  a setting is wrong; stops the start
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from data.errors import StoreError
from services.language import _


class ShopError(Exception):
    """Root of our errors. `fields` names what was wrong where there are fields: name -> sentence."""

    def __init__(self, sentence: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.fields = fields or {}


class Invalid(ShopError):
    """What was given does not fit."""


class NotFound(ShopError):
    """There is no such thing."""


class Conflict(ShopError):
    """Somebody was faster, or the step is not legal now."""


class Unavailable(ShopError):
    """The store, or a service beside us, cannot be reached just now."""


class Misconfigured(ShopError):
    """A setting is wrong."""


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn the store's errors into ours, at the one edge where a page, route or command begins."""
    try:
        yield
    except StoreError as error:
        raise Unavailable(_(error.template, **error.values)) from error
