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
OVERVIEW = Place("overview.py", "overview", lambda: _("Overview"), is_in_menu=False)
SALES = Place("sales.py", "sales", lambda: _("Sales"))
PRODUCTS = Place("products.py", "products", lambda: _("Products"), is_in_menu=False)
BUYERS = Place("buyers.py", "buyers", lambda: _("Buyers"), is_in_menu=False)
OPERATIONS = Place("operations.py", "operations", lambda: _("Operations"), is_in_menu=False)
MONEY = Place("money.py", "money", lambda: _("Money"), is_in_menu=False)
AGREE = Place("agree.py", "agree", lambda: _("Reconcile"), is_in_menu=False)
BOARDS = Place("boards.py", "boards", lambda: _("Boards"), is_in_menu=False)
SQL = Place("workbench.py", "sql", lambda: _("SQL"), is_in_menu=False)
CUSTOMERS = Place("customers.py", "customers", lambda: _("Customers"))
CUSTOMER = Place("customer.py", "customer", lambda: _("Customer"), is_in_menu=False)
GIFT_CARDS = Place("gift_cards.py", "gift-cards", lambda: _("Gift cards"))
MESSAGES = Place("messages.py", "messages", lambda: _("Messages"))
MAIL_TEMPLATES = Place("mail_templates.py", "mail-templates", lambda: _("Mail templates"), is_in_menu=False)
IMPORTS = Place("imports.py", "imports", lambda: _("Import & export"))
SETTINGS = Place("settings.py", "settings", lambda: _("Settings"))
SYSTEM = Place("system.py", "system", lambda: _("System"), is_in_menu=False)

# The screens behind the menu's one entry "Sales", in the order of their row.
SALES_SCREENS = (OVERVIEW, SALES, PRODUCTS, BUYERS, OPERATIONS, MONEY, AGREE, BOARDS, SQL)
_ALL = (
    *(ORDERS, ORDER, FULFIL, AGEING, JOBS, *SALES_SCREENS, CUSTOMERS, CUSTOMER),
    *(GIFT_CARDS, MESSAGES, MAIL_TEMPLATES, IMPORTS, SETTINGS, SYSTEM),
)


@cache
def places() -> tuple[Place, ...]:
    """The screens that exist."""
    return tuple(place for place in _ALL if (FOLDER / place.file).exists())


def entry(place: Place) -> Place:
    """The entry of the menu under which a screen stands."""
    if place in (ORDER, CUSTOMER):
        return ORDERS if place is ORDER else CUSTOMERS
    if place is SYSTEM:
        return SETTINGS
    return SALES if place in SALES_SCREENS else place


def opened(place: Place) -> Place:
    """The screen that an entry of the menu opens."""
    return OVERVIEW if place is SALES and exists(OVERVIEW) else place


def exists(place: Place) -> bool:
    """Whether a screen is there to link to."""
    return place in places()
