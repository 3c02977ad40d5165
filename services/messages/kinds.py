"""The kinds of mail, whom each is for, and how long it waits.

A further kind is one line in `Template`, one in `KINDS`, and three files `templates/<kind>.{subject,text,html}.j2`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """By which way a message goes."""

    EMAIL = "email"
    PUSH = "push"


class Audience(StrEnum):
    """For whom a message is."""

    CUSTOMER = "customer"
    MERCHANT = "merchant"


class Once(StrEnum):
    """What a kind of message is sent once for: the stable part of its dedupe key."""

    ORDER = "order"
    PARCEL = "parcel"
    EVENT = "event"


class Template(StrEnum):
    """What a message says; also the name of its template files."""

    ORDER_CONFIRMATION = "order_confirmation"
    ORDER_SHIPPED = "order_shipped"
    NEW_ORDER = "new_order"
    TEST_MAIL = "test_mail"
    PAYMENT_RECEIVED = "payment_received"
    PAYMENT_FAILED = "payment_failed"
    UNPAID_REMINDER = "unpaid_reminder"
    CONTACT_CUSTOMER = "contact_customer"
    TRACKING_CORRECTED = "tracking_corrected"
    READY_FOR_PICKUP = "ready_for_pickup"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"
    DOWNLOAD_READY = "download_ready"
    GIFT_CARD = "gift_card"
    CORRECTION = "correction"
    ALERT = "alert"
    ALERT_OVER = "alert_over"
    REPORT = "report"

    @property
    def kind(self) -> Kind:
        """The rules of this template."""
        return KINDS[self]


@dataclass(frozen=True, slots=True)
class Kind:
    """The rules of a template. `cools_off`: it waits the shop's cooling-off time, in which it can be stopped."""

    audience: Audience
    once: Once
    cools_off: bool


KINDS: dict[Template, Kind] = {
    Template.ORDER_CONFIRMATION: Kind(Audience.CUSTOMER, Once.ORDER, cools_off=False),
    Template.ORDER_SHIPPED: Kind(Audience.CUSTOMER, Once.PARCEL, cools_off=True),
    Template.NEW_ORDER: Kind(Audience.MERCHANT, Once.ORDER, cools_off=False),
    Template.TEST_MAIL: Kind(Audience.MERCHANT, Once.EVENT, cools_off=False),
    Template.PAYMENT_RECEIVED: Kind(Audience.CUSTOMER, Once.EVENT, cools_off=True),
    Template.PAYMENT_FAILED: Kind(Audience.CUSTOMER, Once.EVENT, cools_off=True),
    Template.UNPAID_REMINDER: Kind(Audience.CUSTOMER, Once.EVENT, cools_off=True),
    Template.CONTACT_CUSTOMER: Kind(Audience.CUSTOMER, Once.EVENT, cools_off=True),
    Template.TRACKING_CORRECTED: Kind(Audience.CUSTOMER, Once.EVENT, cools_off=True),
    Template.READY_FOR_PICKUP: Kind(Audience.CUSTOMER, Once.EVENT, cools_off=True),
    Template.OUT_FOR_DELIVERY: Kind(Audience.CUSTOMER, Once.EVENT, cools_off=True),
    Template.DELIVERED: Kind(Audience.CUSTOMER, Once.EVENT, cools_off=True),
    Template.REFUNDED: Kind(Audience.CUSTOMER, Once.EVENT, cools_off=True),
    Template.CANCELLED: Kind(Audience.CUSTOMER, Once.EVENT, cools_off=True),
    Template.DOWNLOAD_READY: Kind(Audience.CUSTOMER, Once.EVENT, cools_off=False),
    Template.GIFT_CARD: Kind(Audience.CUSTOMER, Once.EVENT, cools_off=False),
    Template.CORRECTION: Kind(Audience.CUSTOMER, Once.EVENT, cools_off=True),
    Template.ALERT: Kind(Audience.MERCHANT, Once.EVENT, cools_off=False),
    Template.ALERT_OVER: Kind(Audience.MERCHANT, Once.EVENT, cools_off=False),
    Template.REPORT: Kind(Audience.MERCHANT, Once.EVENT, cools_off=False),
}

OF_THE_SHOP = frozenset({Template.TEST_MAIL, Template.ALERT, Template.ALERT_OVER, Template.REPORT})
"""What is told of no order: written by its own values, and not the merchant's to rewrite."""
OF_ORDERS = tuple(template for template in Template if template not in OF_THE_SHOP)
"""What an order gives rise to."""
