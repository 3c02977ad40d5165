"""Messages in words: what each kind is about, and where one stands."""

from __future__ import annotations

from functools import lru_cache

from services.language import _, current
from services.messages.kinds import Channel, Template
from services.messages.states import MessageEventKind, MessageState
from services.orders.words import Role, Sign

SIGNS: dict[MessageState, Sign] = {
    MessageState.WAITING: Sign("◷", Role.WAITING),
    MessageState.SENDING: Sign("▸", Role.MOVING),
    MessageState.ACCEPTED: Sign("✓", Role.GOOD),
    MessageState.DELIVERED: Sign("■", Role.GOOD),
    MessageState.BOUNCED: Sign("↩", Role.BAD),
    MessageState.FAILED: Sign("✕", Role.BAD),
    MessageState.UNSURE: Sign("?", Role.BAD),
    MessageState.CANCELLED: Sign("⊘", Role.OVER),
}


def state(name: str) -> str:
    """Where a message stands, in a word or two."""
    return _states(current())[MessageState(name)]


def template(name: str, channel: str = Channel.EMAIL) -> str:
    """What a message is about; the name itself for a kind that this version does not know."""
    if channel == Channel.PUSH:
        return _pushed(name)
    return _templates(current()).get(name, name)


def _pushed(name: str) -> str:
    if name in (Template.ALERT, Template.ALERT_OVER):
        return _("Alert, as a notification")
    return _("New order, as a notification") if name == Template.NEW_ORDER else _("Trial of a notification")


def event(kind: str) -> str:
    """What was noted about a message; the provider's own word where it is not one of ours."""
    return _events(current()).get(kind, kind)


# Each table is made once per language: the argument is the cache's key, `_` reads the language in use.


@lru_cache
def _states(language: str) -> dict[MessageState, str]:
    return {
        MessageState.WAITING: _("Waiting"),
        MessageState.SENDING: _("Being sent"),
        MessageState.ACCEPTED: _("Sent"),
        MessageState.DELIVERED: _("Arrived"),
        MessageState.BOUNCED: _("Bounced"),
        MessageState.FAILED: _("Not sent"),
        MessageState.UNSURE: _("Unsure"),
        MessageState.CANCELLED: _("Stopped"),
    }


@lru_cache
def _templates(language: str) -> dict[str, str]:
    return {
        Template.ORDER_CONFIRMATION.value: _("Order confirmation"),
        Template.ORDER_SHIPPED.value: _("Shipping notice"),
        Template.NEW_ORDER.value: _("New order, to the merchant"),
        Template.TEST_MAIL.value: _("Test mail"),
        Template.PAYMENT_RECEIVED.value: _("Payment receipt"),
        Template.PAYMENT_FAILED.value: _("Failed payment"),
        Template.UNPAID_REMINDER.value: _("Payment reminder"),
        Template.CONTACT_CUSTOMER.value: _("Letter about the order"),
        Template.TRACKING_CORRECTED.value: _("Corrected tracking number"),
        Template.READY_FOR_PICKUP.value: _("Pickup notice"),
        Template.OUT_FOR_DELIVERY.value: _("Out-for-delivery notice"),
        Template.DELIVERED.value: _("Delivery notice"),
        Template.REFUNDED.value: _("Refund notice"),
        Template.CANCELLED.value: _("Cancellation"),
        Template.DOWNLOAD_READY.value: _("Downloads"),
        Template.GIFT_CARD.value: _("Gift card"),
        Template.CORRECTION.value: _("Correction"),
        Template.ALERT.value: _("Alert"),
        Template.ALERT_OVER.value: _("End of an alert"),
        Template.REPORT.value: _("Report"),
    }


@lru_cache
def _events(language: str) -> dict[str, str]:
    return {
        MessageEventKind.ACCEPTED.value: _("Accepted by the mail provider"),
        MessageEventKind.PUT_OFF.value: _("Put off to a later try"),
        MessageEventKind.FAILED.value: _("Given up"),
        MessageEventKind.UNSURE.value: _("Nobody can know whether it left"),
        MessageEventKind.RECOVERED.value: _("Taken up again after a restart"),
        MessageEventKind.STOPPED.value: _("Stopped"),
        MessageEventKind.SENT_NOW.value: _("Sent at once on request"),
        MessageEventKind.RETRIED.value: _("Tried again on request"),
        MessageEventKind.REPLACED.value: _("Sent anew to a corrected address"),
        MessageEventKind.PROCESSED.value: _("On its way from the mail provider"),
        MessageEventKind.DEFERRED.value: _("The recipient’s mailbox asks to wait"),
        MessageEventKind.DELIVERED.value: _("Arrived in the mailbox"),
        MessageEventKind.BOUNCED.value: _("Came back"),
        MessageEventKind.DROPPED.value: _("The mail provider did not send it"),
        MessageEventKind.SPAM.value: _("Reported as spam"),
        MessageEventKind.OPENED.value: _("Opened for the first time"),
        MessageEventKind.CLICKED.value: _("A link in it was followed"),
        MessageEventKind.UNSUBSCRIBED.value: _("Does not want such mails any more"),
    }
