"""Drafting a message: pure, from an order to a row of the outbox. Nothing is sent or kept here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from data.ids import new_id
from services.errors import Conflict
from services.language import _
from services.messages import letter, owned
from services.messages.kinds import Audience, Channel, Once, Template
from services.messages.parts import Words
from services.messages.states import MessageState
from services.messages.wording import line
from services.orders.order import Order, Shipment
from services.profile import Profile
from services.settings import Settings

# A longer mail is cut by some programs, with its total and its address: so fewer lines are listed, the rest counted.
MOST_BYTES = 102 * 1024
_LINES = (letter.MOST_LINES, 100, 40, 10)


def draft(
    template: Template,
    order: Order,
    profile: Profile,
    settings: Settings,
    now: datetime,
    *,
    event_id: str | None = None,
    parcel: Shipment | None = None,
    key_parts: Sequence[str] = (),
    about: Mapping[str, Any] | None = None,
    to: str = "",
    not_before: datetime | None = None,
) -> dict[str, Any] | None:
    """A row of `messages` with rendered subject and bodies, or None when there is nobody to tell.

    `event_id` is the order's event that causes it, by which an undo finds it; `parcel` what a shipping mail is
    about. `key_parts` make it another message than the one sent before (a resend gives its event's id). `about` are
    further values for the template, `to` somebody else than its usual recipient, `not_before` the earliest moment to
    send it.
    """
    mail_to = recipient(template, order, profile, to)
    if not mail_to:
        return None
    is_merchants = template.kind.audience is Audience.MERCHANT
    speak = profile.language if is_merchants else profile.spoken(order.language)
    own = owned.source(template, speak, profile.own_templates)
    for most in _LINES:
        values = letter.values(
            template,
            order,
            profile,
            settings.public_url,
            speak,
            parcel,
            about or {},
            with_sku=is_merchants,
            wanted=owned.named(template, speak, own),
            most=most,
        )
        words = owned.render_own(template, speak, values, own)
        if len(words.html) * 4 <= MOST_BYTES or len(words.html.encode()) <= MOST_BYTES:
            break
    wait = timedelta(seconds=profile.cooling_off if template.kind.cools_off else 0)
    return row(
        template,
        words,
        speak,
        to=mail_to,
        sender=profile.sender_email,
        now=now,
        send_after=max(now + wait, not_before or now),
        key=dedupe_key(template, order.id, event_id, parcel.id if parcel else None, key_parts),
        order_id=order.id,
        event_id=event_id,
    )


def row(
    template: Template,
    words: Words,
    speak: str,
    *,
    to: str,
    sender: str,
    now: datetime,
    send_after: datetime,
    key: str,
    order_id: str | None = None,
    event_id: str | None = None,
) -> dict[str, Any]:
    """A new row of `messages`, waiting for its moment."""
    return {
        "id": new_id(),
        "order_id": order_id,
        "event_id": event_id,
        "happened_at": now,
        "channel": Channel.EMAIL.value,
        "template": template.value,
        "language": speak,
        "recipient": to,
        "sender": sender,
        "subject": words.subject,
        "body_text": words.text,
        "body_html": words.html,
        "state": MessageState.WAITING.value,
        "send_after": send_after,
        "attempts": 0,
        "error": "",
        "dedupe_key": key,
        "provider_id": "",
        "handed_at": None,
        "updated_at": now,
    }


def dedupe_key(
    template: Template, order_id: str, event_id: str | None, parcel_id: str | None, parts: Sequence[str] = ()
) -> str:
    """The key that stops a second mail: made here and nowhere else, from ids that never change."""
    once = {
        Once.ORDER: None,
        Once.PARCEL: parcel_id or event_id,
        Once.EVENT: event_id,
    }[template.kind.once]
    return ":".join([template.value, order_id, *([once] if once else []), *parts])


def recipient(template: Template, order: Order, profile: Profile, to: str = "") -> str:
    """Who gets it; empty when there is nobody to tell."""
    if template.kind.audience is Audience.MERCHANT:
        return line(profile.merchant_email)
    return "" if order.is_muted else line(to or order.email)


def nobody() -> Conflict:
    """The error of a message that has no recipient, where somebody asked for that very one."""
    return Conflict(_("This message has nobody to go to: no e-mail address, or its messages are muted."))
