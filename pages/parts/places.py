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


ORDERS = Place("orders.py", "", lambda: _("Orders"))
ORDER = Place("order.py", "order", lambda: _("Order"), is_in_menu=False)
FULFIL = Place("fulfil.py", "fulfil", lambda: _("Fulfil"))
AGEING = Place("ageing.py", "waiting", lambda: _("Waiting times"), is_in_menu=False)
JOBS = Place("jobs.py", "jobs", lambda: _("Actions on many orders"), is_in_menu=False)
SALES = Place("sales.py", "sales", lambda: _("Sales"))
CUSTOMERS = Place("customers.py", "customers", lambda: _("Customers"))
GIFT_CARDS = Place("gift_cards.py", "gift-cards", lambda: _("Gift cards"))
MESSAGES = Place("messages.py", "messages", lambda: _("Messages"))
MAIL_TEMPLATES = Place("mail_templates.py", "mail-templates", lambda: _("Mail templates"), is_in_menu=False)
IMPORTS = Place("imports.py", "imports", lambda: _("Import & export"))
SETTINGS = Place("settings.py", "settings", lambda: _("Settings"))

_ALL = (ORDERS, ORDER, FULFIL, AGEING, JOBS, SALES, CUSTOMERS, GIFT_CARDS, MESSAGES, MAIL_TEMPLATES, IMPORTS, SETTINGS)


@cache
def places() -> tuple[Place, ...]:
    """The screens that exist."""
    return tuple(place for place in _ALL if (FOLDER / place.file).exists())


def exists(place: Place) -> bool:
    """Whether a screen is there to link to."""
    return place in places()
