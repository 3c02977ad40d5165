"""The screens of the shop, in the order of the menu. A screen is in the menu once its file is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from services.language import _

FOLDER = Path(__file__).parent.parent


@dataclass(frozen=True)
class Place:
    """A screen. `title` is called when drawn, in the language of who asks; `path` is its address, "" for the first."""

    file: str
    path: str
    title: Callable[[], str]
    is_in_menu: bool = True

    @property
    def address(self) -> str:
        """Its link."""
        return f"/{self.path}"


_ALL = (
    Place("orders.py", "", lambda: _("Orders")),
    Place("order.py", "order", lambda: _("Order"), is_in_menu=False),
    Place("sales.py", "sales", lambda: _("Sales")),
    Place("customers.py", "customers", lambda: _("Customers")),
    Place("messages.py", "messages", lambda: _("Messages")),
    Place("imports.py", "imports", lambda: _("Import & export")),
    Place("settings.py", "settings", lambda: _("Settings")),
)

ORDERS, ORDER, SALES = _ALL[0], _ALL[1], _ALL[2]
MESSAGES, IMPORTS, SETTINGS = _ALL[4], _ALL[5], _ALL[6]


@cache
def places() -> tuple[Place, ...]:
    """The screens that exist."""
    return tuple(place for place in _ALL if (FOLDER / place.file).exists())


def exists(place: Place) -> bool:
    """Whether a screen is there to link to."""
    return place in places()
