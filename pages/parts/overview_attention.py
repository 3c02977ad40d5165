"""What needs somebody: payments that fail more than usual, what is late, and the heaps of work."""

from __future__ import annotations

from typing import Any

from data.filters import Filter
from pages.parts import system_backups
from pages.parts.components import component
from pages.parts.figure_words import percent
from pages.parts.list_address import ListView
from pages.parts.list_filters import todo_name
from pages.parts.places import SYSTEM
from services import shop as shops
from services.analytics.failing import Failing
from services.analytics.overview import Overview
from services.language import _, n_, number
from services.orders import words
from services.orders.finding import Heap, Todo

_attention = component(
    "attention",
    "<div class='attention'></div>",
    ("base.css", "overview_attention.css"),
    ("base.js", "overview_attention.js"),
)


def show(found: Overview) -> None:
    """Draw it: sentences first, then the heaps, each a link to its orders."""
    heaps = {heap.todo: heap for heap in found.heaps}
    alarms = [_failing(one) for one in found.failing]
    if heaps[Todo.LATE].count:
        alarms.insert(0, _late(heaps[Todo.LATE]))
    if backups := system_backups.alarm(shops.current()):
        alarms.insert(0, {"text": backups, "link": _("Open System"), "href": SYSTEM.address})
    waiting = [_heap(heap, todo_name(heap.todo)) for heap in found.heaps if heap.todo is not Todo.ALL and heap.count]
    calm = "" if alarms or waiting else _("Nothing waits for you.")
    title = _("What has to be done")
    _attention(key="overview_attention", data={"alarms": alarms, "heaps": waiting, "calm": calm, "title": title})


def _late(heap: Heap) -> dict[str, str]:
    sentence = n_(
        "{count} paid order has waited longer than the shop promises.",
        "{count} paid orders have waited longer than the shop promises.",
        heap.count,
    )
    return _alarm(sentence, heap.filter, _("Show the orders"))


def _failing(one: Failing) -> dict[str, str]:
    sentence = _(
        "{method}: {failures} of {attempts} payments failed, {share}; usually {usual} do.",
        method=words.payment_method(one.method) if one.method else _("No payment method"),
        failures=number(one.failures),
        attempts=number(one.attempts),
        share=percent(one.share),
        usual=percent(one.usual),
    )
    return _alarm(sentence, one.filter, _("Show those that stay unpaid"))


def _alarm(sentence: str, filter: Filter, link: str) -> dict[str, str]:
    return {"text": sentence, "link": link, "href": ListView().searched(filter).link}


def _heap(heap: Heap, name: str) -> dict[str, Any]:
    is_bad = heap.todo in (Todo.LATE, Todo.LOST_MAIL)
    href = ListView().searched(heap.filter).link
    return {"name": name, "count": number(heap.count), "bad": is_bad, "href": href}
