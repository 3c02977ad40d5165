"""Answers by name: the reports, and those that are no choice of figures by dimensions."""

from __future__ import annotations

from collections.abc import Callable

from data.filters import Filter
from services.analytics.answering import Answer, Asked, ask
from services.analytics.bridging import bridge
from services.analytics.measures import Clock
from services.analytics.naming import did_you_mean
from services.analytics.reports import REPORTS
from services.errors import NotFound
from services.language import _
from services.shop import Shop

# name -> how it is answered, from the filter and the currency
OTHERS: dict[str, Callable[[Shop, Filter, str], Answer]] = {
    "bridge": lambda shop, filter, currency: bridge(shop, filter, currency).answer,
}


def answer(
    shop: Shop, name: str, filter: Filter | None = None, clock: Clock = Clock.ORDER, currency: str = ""
) -> Answer:
    """The answer `name` for the orders that match `filter`, in one currency (the shop's own unless given).

    A currency that no order has gives no rows. Raises `NotFound` for an unknown name, `Invalid` for what is no
    currency.
    """
    filter = filter or Filter()
    if name in OTHERS:
        return OTHERS[name](shop, filter, currency)
    asked = REPORTS.get(name)
    if asked is None:
        known = [*REPORTS, *OTHERS]
        raise NotFound(_("There is no analytic answer “{name}”.", name=name) + did_you_mean(name, known))
    return ask(shop, Asked(asked.figures, asked.by, filter, clock, currency, name=name))
