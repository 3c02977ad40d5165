"""What a message may say beside its order: amounts, links, a card's code; plain, cleaned, a value for each name.

Actions give amounts as `Decimal`, moments as UTC `datetime`, sizes as bytes: they are written here, in the language of
the mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services import clock, language
from services.language import _
from services.messages.kinds import Template
from services.messages.wording import line, paragraph, shortened, web_link
from services.money import shown
from services.orders.order import Order

LONGEST_TEXT, LONGEST_LINE = 4000, 300  # characters
MOST_LINKS = MOST_PARAGRAPHS = 200
_PARAGRAPHS = ("text", "message", "place", "hours")
_UNITS = (1, "B"), (1000, "kB"), (1000**2, "MB"), (1000**3, "GB")


def values(template: Template, order: Order, given: Mapping[str, Any], zone: str) -> dict[str, Any]:
    """Every value that a kind of message may name, from what was given or what the order tells."""
    amounts = {Template.PAYMENT_RECEIVED: order.paid, Template.REFUNDED: order.refunded}
    usual: dict[str, Any] = {
        "amount": amounts.get(template, ""),
        "reason": order.payment_message,
        "until": "",
        "code": "",
        "sender": "",
        "recipient_name": "",
        "what": "",
        "links": (),
    } | dict.fromkeys(_PARAGRAPHS, "")
    return {name: _written(name, value, order.currency, zone) for name, value in {**usual, **dict(given)}.items()}


def _written(name: str, value: Any, currency: str, zone: str) -> Any:
    match value:
        case "" | None:
            return [] if name in _PARAGRAPHS else ""
        case Decimal():
            return shown(value, currency, language.current()).replace("-", "−") if value else ""
        case datetime():
            return language.day(clock.day(value, zone))
        case date():
            return language.day(value)
        case str() if name in _PARAGRAPHS:
            return shortened(paragraph(value), LONGEST_TEXT).splitlines()[:MOST_PARAGRAPHS]
        case str():
            return shortened(line(value), LONGEST_LINE)
        case _ if name == "links":
            return [_link(one, zone) for one in list(value)[:MOST_LINKS]]
    return value


def _link(given: Mapping[str, Any], zone: str) -> dict[str, Any]:
    return {
        "name": _written("name", str(given.get("name", "")), "", zone),
        "url": web_link(str(given.get("url", ""))),
        "until": _written("until", given.get("until") or "", "", zone),
        "size": shown_size(given.get("size")),
    }


def shown_size(given: Any) -> str:
    """A file's size, from bytes, as people say it."""
    if not isinstance(given, int) or given <= 0:
        return line(str(given)) if isinstance(given, str) else ""
    unit, name = next(((unit, name) for unit, name in reversed(_UNITS) if given >= unit), _UNITS[0])
    amount = round(Decimal(given) / unit, 0 if given >= 100 * unit or unit == 1 else 1)
    return _("{amount} {unit}", amount=language.number(amount.normalize() if amount else amount), unit=_unit(name))


def _unit(name: str) -> str:
    return {"B": _("bytes"), "kB": _("kB"), "MB": _("MB"), "GB": _("GB")}[name]
