"""The shop's own mail templates: read, tried on a real order, kept, put back to ours. Every version is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data import preferences, templates
from data.ids import new_id
from data.store import Reader, Row
from services import clock
from services.errors import Invalid, NotFound, store_errors
from services.language import LANGUAGES, _
from services.messages import checking, letter, owned, speaking, trial, wording
from services.messages.checking import Fault
from services.messages.kinds import OF_ORDERS, Audience, Template
from services.messages.parts import Part, Source, Words
from services.orders import reading
from services.orders.order import Order
from services.people import Actor
from services.profile import Profile, profile
from services.shop import Shop

EDITABLE = OF_ORDERS
MOST_VERSIONS = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """How a template stands: `source` is what is used, `is_own` whether the shop made it, `faults` why its own cannot
    be used any more (ours is then)."""

    source: Source
    is_own: bool
    faults: tuple[Fault, ...] = ()


def ours(template: Template, speak: str) -> Source:
    """Our template, in a language."""
    return Source(*(speaking.ours(template, part, speak) for part in (Part.SUBJECT, Part.TEXT, Part.HTML)))


def standing(shop: Shop, template: Template, speak: str) -> Standing:
    """The template as it stands."""
    own = owned.source(template, speak, shop.profile().own_templates)
    if own is None:
        return Standing(ours(template, speak), is_own=False)
    return Standing(own, is_own=True, faults=tuple(checking.faults(own, speak)))


def changed(shop: Shop) -> set[tuple[Template, str]]:
    """Which templates are the shop's own."""
    used = shop.profile().own_templates
    return {(template, speak) for template in EDITABLE for speak in LANGUAGES if owned.key(template, speak) in used}


def broken(shop: Shop) -> list[tuple[Template, str, Fault]]:
    """The shop's own templates that cannot be used any more; ours are used instead."""
    return [
        (template, speak, fault)
        for template, speak in sorted(changed(shop))
        for fault in standing(shop, template, speak).faults[:1]
    ]


def history(shop: Shop, template: Template, speak: str) -> list[Row]:
    """Versions of a template, newest first."""
    with store_errors(), shop.store.read() as read:
        return templates.history(read, template, speak, MOST_VERSIONS)


def save(shop: Shop, template: Template, speak: str, source: Source, actor: Actor, now: datetime | None = None) -> None:
    """Use the shop's own template from now on. Raises `Invalid` with a sentence per part (`subject`, `text`, `html`)
    when it is broken; then nothing has changed."""
    found = checking.faults(source, speak)
    if found:
        raise refusal(found)
    version = new_id()
    row = {"id": version, "subject": source.subject, "body_text": source.text, "body_html": source.html}
    _use(shop, template, speak, version, row | {"is_ours": False}, actor, now or clock.now())


def reset(shop: Shop, template: Template, speak: str, actor: Actor, now: datetime | None = None) -> None:
    """Use ours again; the shop's versions stay in the history."""
    row = {"id": new_id(), "subject": "", "body_text": "", "body_html": "", "is_ours": True}
    _use(shop, template, speak, None, row, actor, now or clock.now())


def preview(shop: Shop, template: Template, speak: str, source: Source, number: str = "") -> Words:
    """The mail as this template makes it, for the order of that number (the newest one when empty). Raises `Invalid`
    for a broken template, `NotFound` for an unknown order."""
    found = checking.faults(source, speak)
    if found:
        raise refusal(found)
    with store_errors(), shop.store.read() as read:
        rules, order = profile(read, shop.settings), _order(read, shop, number)
    return wording.render(template, speak, values(shop, template, speak, order, rules), source)


def send_trial(shop: Shop, template: Template, speak: str, source: Source, number: str, to: str, actor: Actor) -> str:
    """Send the mail of a preview to an address, as a message like the others; its id. Raises `Invalid`."""
    words = preview(shop, template, speak, source, number)
    return str(trial.send(shop, lambda _rules: words, to, actor, speak)["id"])


def refusal(found: list[Fault]) -> Invalid:
    """Faults as one error: a sentence with its line for each part."""
    fields: dict[str, str] = {}
    for fault in found:
        said = _("Line {line}: {sentence}", line=fault.line, sentence=fault.sentence) if fault.line else fault.sentence
        fields[fault.part] = f"{fields[fault.part]} {said}" if fault.part in fields else said
    return Invalid(" ".join(fields.values()), fields)


def values(shop: Shop, template: Template, speak: str, order: Order, rules: Profile) -> dict[str, Any]:
    """What the mail would say of a real order; what only its moment knows is shown by an example."""
    parcel = order.shipments[-1] if order.shipments else None
    return letter.values(
        template,
        order,
        rules,
        shop.settings.public_url,
        speak,
        parcel,
        _examples(template, order),
        with_sku=template.kind.audience is Audience.MERCHANT,
    )


def _examples(template: Template, order: Order) -> Mapping[str, Any]:
    url = "https://example.com/"
    examples: dict[Template, dict[str, Any]] = {
        Template.PAYMENT_RECEIVED: {"amount": order.paid or order.total},
        Template.REFUNDED: {"amount": order.refunded or order.total},
        Template.CANCELLED: {"amount": order.paid - order.refunded},
        Template.CONTACT_CUSTOMER: {"text": _("The text that you write stands here.")},
        Template.READY_FOR_PICKUP: {"place": _("Your address"), "hours": _("Your opening hours")},
        Template.DOWNLOAD_READY: {
            "links": [{"name": one.name, "url": url, "size": 12_400_000} for one in order.lines[:3]]
        },
        Template.GIFT_CARD: {"code": "ABCD-EFGH-JKLM", "amount": order.total, "message": _("A message of the buyer.")},
    }
    return examples.get(template, {})


def _order(read: Reader, shop: Shop, number: str) -> Order:
    wanted = number.strip() or templates.example_order(read)
    if not wanted:
        raise NotFound(_("There is no order yet to show this on."))
    return reading.find(read, wanted, shop.settings.time_zone)


def _use(
    shop: Shop, template: Template, speak: str, version: str | None, row: Row, actor: Actor, now: datetime
) -> None:
    with store_errors(), shop.store.write() as write:
        templates.add(
            write, row | {"template": template.value, "language": speak, "happened_at": now, "actor": actor.name}
        )
        used = {**profile(write, shop.settings).own_templates}
        used.pop(owned.key(template, speak), None)
        if version:
            used[owned.key(template, speak)] = version
        preferences.put(write, {owned.SETTING: used}, actor.name, now)
