"""The views that SQL may read, described: a sentence each, and one for every column with its unit."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from data import workbench_views
from services.errors import store_errors
from services.orders.statuses import PaymentKind, PaymentStatus
from services.shop import Shop
from services.workbench.columns import described
from services.workbench.sentences import sentences


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a view: the engine's type, what it means, and its unit where it has one."""

    name: str
    type: str
    sentence: str
    unit: str


@dataclass(frozen=True, slots=True)
class View:
    """A view by its name, with what a row of it is."""

    name: str
    sentence: str
    columns: tuple[Column, ...]


_types: dict[tuple[int, str], list[tuple[str, str]]] = {}
_learning = threading.Lock()


def words(shop: Shop) -> dict[str, object]:
    """The values of the `$names` in the files of the views."""
    return {
        "zone": shop.profile().time_zone,
        "cancelled": PaymentStatus.CANCELLED.value,
        "received": [kind.value for kind in PaymentKind if kind.is_received],
        "failure": PaymentKind.FAILURE.value,
        "given_back": [PaymentKind.REFUND.value],
    }


def views(shop: Shop) -> tuple[View, ...]:
    """Every view in the language in use, in the order in which they are shown."""
    told = sentences()
    return tuple(View(name, told[name], _columns(shop, name)) for name in workbench_views.VIEWS)


def _columns(shop: Shop, name: str) -> tuple[Column, ...]:
    return tuple(Column(column, type, *described(name, column)) for column, type in _known(shop, name))


def _known(shop: Shop, name: str) -> list[tuple[str, str]]:
    """Names and types, asked of the store once: they change with the version only."""
    key = (id(shop.store), name)
    with _learning:
        if key not in _types:
            said = words(shop)
            with store_errors(), shop.store.read() as read:
                for one in workbench_views.VIEWS:
                    _types[(id(shop.store), one)] = workbench_views.columns(read, one, said)
        return _types[key]
