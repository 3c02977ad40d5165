"""Questions to begin with: each can be run as it stands, and changed from there."""

from __future__ import annotations

from dataclasses import dataclass

from data import workbench_views
from services.language import _


@dataclass(frozen=True, slots=True)
class Example:
    """A question by its name, in words and in SQL."""

    name: str
    title: str
    text: str


def examples() -> tuple[Example, ...]:
    """All of them, in the language in use."""
    titles = {
        "sales_by_month": _("What each month brought"),
        "best_products": _("What sold best in a month"),
        "failed_payments": _("Which payment method fails most, and why"),
        "bought_again": _("What customers buy who come back"),
        "time_to_deliver": _("How long it takes to the door, by country"),
        "discounts": _("What discounts cost, by quarter"),
        "asleep": _("Customers who used to buy and do not any more"),
    }
    return tuple(Example(name, title, workbench_views.example(name)) for name, title in titles.items())
