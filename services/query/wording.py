"""A filter said to people, part by part: "paid with PayPal", "placed in March 2026", "to prepare"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from data.filters import FEES, Condition, Field, Filter, Presence, Range, Text, Value
from services.language import _, conventions, current, day, month, number, weekday
from services.messages import words as mail_words
from services.messages.states import MessageState
from services.orders import words
from services.orders.statuses import PaymentStatus


@dataclass(frozen=True, slots=True)
class Part:
    """One condition in words, to stand after "Orders"; `without` is the filter once its cross is clicked."""

    text: str
    without: Filter


_STATUSES = (Field.PAYMENT, Field.FULFILMENT, Field.STATUS)
Names = Mapping[Field, Mapping[str, str]]  # what the shop calls a value: {payment_method: {"paypal": "PayPal"}}


def in_words(filter: Filter, names: Names | None = None) -> list[Part]:
    """Each condition in the language in use. `names` gives the shop's own words for some values."""
    return [Part(_condition(condition, names or {}), filter.without(condition)) for condition in filter.conditions]


def field_name(field: Field) -> str:
    """What people call a field: "Payment method"."""
    return {
        Field.NUMBER: _("Number"),
        Field.EMAIL: _("E-mail"),
        Field.NAME: _("Name"),
        Field.PHONE: _("Phone"),
        Field.COUNTRY: _("Country"),
        Field.CITY: _("City"),
        Field.REGION: _("Region"),
        Field.CUSTOMER: _("Customer"),
        Field.FIRST_ORDER: _("First order of the customer"),
        Field.LAST_ORDER: _("Latest order of the customer"),
        Field.CUSTOMER_ORDERS: _("Orders of the customer"),
        Field.CUSTOMER_TOTAL: _("Ordered by the customer in all"),
        Field.POSTAL_CODE: _("Postal code"),
        Field.PAYMENT_METHOD: _("Payment method"),
        Field.PAYMENT: _("Payment"),
        Field.PAYMENT_MESSAGE: _("Payment message"),
        Field.FULFILMENT: _("Fulfilment"),
        Field.STATUS: _("Status"),
        Field.SHIPPING_METHOD: _("Shipping method"),
        Field.MONTH: _("Month"),
        Field.PLACED: _("Placed on"),
        Field.WEEKDAY: _("Weekday"),
        Field.HOUR: _("Hour"),
        Field.PAID: _("Paid on"),
        Field.MOVED: _("Money moved on"),
        Field.MOVED_BY: _("Money moved by"),
        Field.PROVIDER: _("Payment provider"),
        Field.REFERENCE: _("Reference of the payment"),
        Field.SINCE: _("In this state since"),
        Field.TOTAL: _("Total"),
        Field.DUE: _("Due"),
        Field.REFUNDED: _("Amount refunded"),
        Field.REFUND_REASON: _("Reason of the refund"),
        Field.CURRENCY: _("Currency"),
        Field.SKU: _("SKU"),
        Field.PRODUCT: _("Product"),
        Field.KIND: _("Kind"),
        Field.CATEGORY: _("Category"),
        Field.TAX_RATE: _("Tax rate"),
        Field.TAG: _("Tag"),
        Field.COUPON: _("Coupon"),
        Field.LANGUAGE: _("Language"),
        Field.SOURCE: _("Source"),
        Field.TRACKING: _("Tracking number"),
        Field.COMMENT: _("Customer comment"),
        Field.NOTE: _("Staff note"),
        Field.MESSAGE: _("Message"),
        Field.MAIL: _("Mail"),
    }[field]


def matched_name(found_in: str) -> str:
    """What people call the place where a word was found: a field of `data.terms`."""
    beside = {"company": _("Company"), "address": _("Address"), "transaction": _("Transaction id")}
    return beside.get(found_in) or field_name(Field(found_in))


def value_name(field: Field, value: str, label: str = "") -> str:
    """What people call a value of a field: "PayPal", "France", "March 2026"; `label` is the shop's own word."""
    if not value:
        return "—"
    if field in (Field.PAYMENT_METHOD, Field.MOVED_BY):
        return words.payment_method(value, label)
    if field in _STATUSES:
        return words.payment_status(value) if value in tuple(PaymentStatus) else words.fulfilment_status(value)
    if field is Field.MESSAGE and value in tuple(MessageState):
        return mail_words.state(value)
    if field is Field.MAIL:
        return mail_words.template(value)
    if field is Field.KIND:
        return _("Shipping and fees") if value == FEES else words.kind(value)
    if field is Field.CUSTOMER:
        return _("new") if value == "new" else _("returning")
    if field is Field.MONTH:
        return month(value)
    speak = conventions(current())
    if field is Field.COUNTRY:
        return str(speak.territories.get(value.upper(), value))
    if field is Field.LANGUAGE:
        return str(speak.languages.get(value.lower(), value))
    return label or value


def _condition(condition: Condition, names: Names) -> str:
    said = [_value(condition.field, value, names) for value in condition.values]
    if condition.field in _STATUSES:
        said = [text[:1].lower() + text[1:] for text in said]
    listed = said[0] if len(said) == 1 else _("{some} or {last}", some=", ".join(said[:-1]), last=said[-1])
    phrase = _phrase(condition, listed)
    return _("not {condition}", condition=phrase) if condition.is_negated else phrase


def _phrase(condition: Condition, listed: str) -> str:
    field = condition.field
    if field is None:
        return listed
    if any(isinstance(value, Presence) for value in condition.values):
        return _("{field}: {values}", field=field_name(field), values=listed)
    if field in _STATUSES:
        return listed
    sentence = {
        Field.PAYMENT_METHOD: _("paid with {values}"),
        Field.MONTH: _("placed in {values}"),
        Field.PLACED: _("placed {values}"),
        Field.PAID: _("paid {values}"),
        Field.MOVED: _("with money that moved {values}"),
        Field.SHIPPING_METHOD: _("shipped by {values}"),
        Field.PRODUCT: _("with product {values}"),
        Field.SKU: _("with SKU {values}"),
        Field.TAG: _("tagged {values}"),
        Field.COUPON: _("with coupon {values}"),
        Field.MOVED_BY: _("with money that moved by {values}"),
    }.get(field)
    if sentence:
        return sentence.format(values=listed)
    return _("{field}: {values}", field=field_name(field), values=listed)


def _value(field: Field | None, value: Value, names: Names) -> str:
    if isinstance(value, Presence):
        return _("any") if value is Presence.ANY else _("none")
    if isinstance(value, Range):
        if field is Field.TAX_RATE:
            return _range(value, _percent)
        return _range(value, weekday if field is Field.WEEKDAY else _bound)
    return _text(field, value, names)


def _text(field: Field | None, value: Text, names: Names) -> str:
    if field is None:
        return _("“{words}”", words=value.text)
    return value_name(field, value.text, names.get(field, {}).get(value.text, ""))


def _range(value: Range, said: Callable[[Any], str]) -> str:
    low, high = said(value.low), said(value.high)
    if value.low == value.high:
        return low
    if value.high is None:
        return _("from {low}", low=low) if value.is_low_in else _("over {low}", low=low)
    if value.low is None:
        return _("up to {high}", high=high) if value.is_high_in else _("under {high}", high=high)
    return _("from {low} to {high}", low=low, high=high)


def _percent(bound: object) -> str:
    return _("{number}%", number=_bound(bound)) if bound is not None else ""


def _bound(bound: object) -> str:
    if isinstance(bound, Decimal):
        return number(bound)
    if isinstance(bound, date):
        return day(bound)
    return month(bound) if isinstance(bound, str) else ""
