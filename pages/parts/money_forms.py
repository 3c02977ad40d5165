"""What the steps of money ask for, as fields in their sheet; each gives the parameters of the API."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import streamlit as st

from services import clock
from services import shop as shops
from services.language import _, current, known, use
from services.money import ZERO, plain, shown
from services.orders import words
from services.orders.order import Order
from services.orders.payment_methods import OFFLINE, is_offline

Params = dict[str, Any]

_METHODS = (*sorted(OFFLINE), "card", "paypal", "gift_card")


def typed(amount: str) -> str:
    """An amount as people type it, "1 234,50" too, as the API takes it."""
    return "".join(amount.split()).replace(",", ".")


def as_typed(amount: str) -> str:
    """An amount of the API as people of the language in use type it."""
    return amount.replace(".", ",") if current() == "fr" else amount


def amount(order: Order, proposed: str, label: str = "") -> str:
    """How much."""
    said = label or _("Amount ({currency})", currency=order.currency)
    return typed(st.text_input(said, as_typed(proposed), key="sheet_amount"))


def reference() -> str:
    """By what the bank or the provider knows it."""
    return st.text_input(_("Reference (optional)"), key="sheet_reference")


def reason() -> str:
    """Why."""
    return st.text_input(_("Reason"), key="sheet_reason")


def record_payment(order: Order) -> Params:
    """How much came in, how, when, and the bank's reference."""
    left, right = st.columns(2)
    with left:
        given: Params = {"amount": amount(order, plain(order.due, order.currency) if order.due else "")}
        given["method"] = _method(order)
    with right:
        given |= _day()
        given["reference"] = reference()
    return given


def record_failure(order: Order) -> Params:
    """What the provider said, and by what it knows the attempt."""
    left, right = st.columns(2)
    with left:
        why = st.text_input(_("What the payment provider said"), key="sheet_failure", placeholder="insufficient_funds")
    with right:
        return {"failure_reason": why, "reference": reference()}


def capture(order: Order) -> Params:
    """How much of what is held."""
    left, right = st.columns(2)
    most = plain(order.promised, order.currency)
    proposed = plain(min(order.promised, order.due or order.promised), order.currency)
    with left:
        label = _("Amount ({currency}), at most {most}", currency=order.currency, most=as_typed(most))
        given: Params = {"amount": amount(order, proposed, label)}
    with right:
        return given | {"reference": reference()}


def void_authorisation(order: Order) -> Params:
    """Why it is let go."""
    return {"reason": reason()}


def cancel(order: Order) -> Params:
    """Why, whether the money goes back at once, and whether the goods go back on the shelf."""
    given: Params = {"reason": reason()}
    if order.kept > 0:
        money = shown(order.kept, order.currency, current())
        given["refund"] = st.checkbox(_("Give {amount} back", amount=money), True, key="sheet_refund")
    return given | {"restock": st.checkbox(_("The goods go back on the shelf"), True, key="sheet_restock")}


def contact_customer(order: Order) -> Params:
    """What to write; begun with what there is to say."""
    return {"text": st.text_area(_("What to write"), _begun(order), height=180, key="sheet_text")}


def over(order: Order) -> str:
    """What to propose for a refund: what was paid too much, else all."""
    too_much = order.kept - order.total
    return plain(too_much if ZERO < too_much < order.kept else order.kept, order.currency)


def _method(order: Order) -> str:
    choices = list(dict.fromkeys((order.payment_method, *_METHODS)))
    return st.selectbox(
        _("Payment method"),
        choices,
        format_func=lambda key: words.payment_method(
            key, order.payment_method_label if key == order.payment_method else ""
        ),
        key="sheet_method",
    )


def _day() -> Params:
    """The day on which it came; nothing when that is today."""
    zone = shops.current().profile().time_zone
    today = clock.day(clock.now(), zone)
    written = "DD/MM/YYYY" if current() == "fr" else "YYYY-MM-DD"
    day = st.date_input(_("Received on"), today, max_value=today, format=written, key="sheet_day")
    if day == today:
        return {}
    noon = clock.from_local(datetime.combine(day, time(12)), zone)
    return {"at": clock.rfc3339(noon)}


def _begun(order: Order) -> str:
    """The beginning of a mail in the customer's language: how to pay, where that is what the order waits for."""
    rules = shops.current().profile()
    with use(known(order.language) if order.language else rules.language):
        if not order.due or not is_offline(order.payment_method):
            return ""
        asked = _(
            "To prepare your order we need your payment of {amount} ({method}). Please give the order number {number} "
            "with it.",
            amount=shown(order.due, order.currency, current()),
            method=words.payment_method(order.payment_method, order.payment_method_label),
            number=f"#{order.number.lstrip('#')}",
        )
        return "\n\n".join(part for part in (asked, rules.rule("payment_instructions")) if part)
