"""What an action asks for, as fields in its sheet; each gives the parameters of the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.parts import goods_forms, money_forms, parcel_forms
from pages.parts.line_picker import lines as _lines
from services.language import _, current
from services.messages.kinds import Template
from services.messages.telling import ONCE_ONLY
from services.money import plain, shown
from services.orders import words
from services.orders.actions.refund import left_to_refund
from services.orders.order import Order
from services.orders.shares import shares
from services.orders.statuses import ActionName, FulfilmentStatus, PaymentStatus

Params = dict[str, Any]


def ask(action: ActionName, order: Order) -> Params:
    """Draw the fields of an action; the parameters as they stand."""
    return FORMS.get(action, nothing)(order)


def nothing(order: Order) -> Params:
    """An action that asks for nothing."""
    return {}


def reason(order: Order) -> Params:
    """Why."""
    return {"reason": st.text_input(_("Reason"), key="sheet_reason")}


def payment(order: Order) -> Params:
    """How much came in, and the bank's reference."""
    amount, reference = st.columns(2)
    due = plain(order.due, order.currency)
    asked = amount.text_input(
        _("Amount ({currency})", currency=order.currency), money_forms.as_typed(due), key="sheet_amount"
    )
    return {
        "amount": money_forms.typed(asked),
        "reference": reference.text_input(_("Reference (optional)"), key="sheet_reference"),
    }


def refund(order: Order) -> Params:
    """How much goes back, with the shipping or without, and whether the goods go back on the shelf."""
    most = plain(order.kept, order.currency)
    given: Params = _lines(order, left_to_refund, _("Refund certain items"))
    if given:
        if fees := shares(order).fees_left:
            money = shown(fees, order.currency, current())
            said = _("Shipping and handling too ({amount})", amount=money)
            given["shipping"] = st.checkbox(said, key="sheet_shipping")
    else:
        most_said = money_forms.as_typed(most)
        label = _("Amount ({currency}), at most {most}", currency=order.currency, most=most_said)
        asked = money_forms.amount(order, money_forms.over(order), label)
        given = {} if asked == most else {"amount": asked}  # all of it is every line of it
    given |= reason(order)
    return given | {"restock": st.checkbox(_("The goods go back on the shelf"), key="sheet_restock")}


def correction(order: Order) -> Params:
    """The statuses as they should be, and why."""
    left, right = st.columns(2)
    return {
        "payment_status": left.selectbox(
            _("Payment"),
            list(PaymentStatus),
            list(PaymentStatus).index(order.payment_status),
            format_func=words.payment_status,
            key="sheet_payment",
        ).value,
        "fulfilment_status": right.selectbox(
            _("Fulfilment"),
            list(FulfilmentStatus),
            list(FulfilmentStatus).index(order.fulfilment_status),
            format_func=words.fulfilment_status,
            key="sheet_fulfilment",
        ).value,
    } | reason(order)


def contact(order: Order) -> Params:
    """Contact and both addresses."""
    name, email = st.columns(2)
    phone, language = st.columns(2)
    given: Params = {
        "name": name.text_input(_("Name"), order.name, key="sheet_name"),
        "email": email.text_input(_("E-mail"), order.email, key="sheet_email"),
        "phone": phone.text_input(_("Phone"), order.phone, key="sheet_phone"),
        "language": language.text_input(_("Language of the mails (fr, en)"), order.language, key="sheet_language"),
    }
    for tab, holder in zip(
        st.tabs([_("Shipping address"), _("Billing address")]), ("shipping_address", "billing_address"), strict=True
    ):
        with tab:
            given[holder] = _address(getattr(order, holder), holder)
    return given


def resending(order: Order) -> Params:
    """Which message goes out again."""
    from services.messages import words as mail_words

    kinds = [Template.ORDER_CONFIRMATION, Template.NEW_ORDER]
    kinds += [Template.ORDER_SHIPPED] if order.shipments else []
    sent = {Template(message.template) for message in order.messages if message.template in set(Template)}
    kinds += [kind for kind in Template if kind in sent and kind not in kinds and kind not in ONCE_ONLY]
    chosen = st.selectbox(
        _("Message"), kinds, format_func=lambda kind: mail_words.template(kind.value), key="sheet_template"
    )
    return {"template": chosen.value}


def _address(of: Any, holder: str) -> dict[str, str]:
    rows = (("name", "company"), ("line1", "line2"), ("postal_code", "city"), ("region", "country"), ("phone",))
    labels = {
        "name": _("Name"),
        "company": _("Company"),
        "line1": _("Address"),
        "line2": _("Address, line 2"),
        "postal_code": _("Postal code"),
        "city": _("City"),
        "region": _("Region"),
        "country": _("Country (two letters)"),
        "phone": _("Phone"),
    }
    given = {}
    for row in rows:
        for column, part in zip(st.columns(2), row, strict=False):
            given[part] = column.text_input(labels[part], getattr(of, part), key=f"sheet_{holder}_{part}")
    return given


FORMS: dict[ActionName, Callable[[Order], Params]] = {
    ActionName.MARK_PAID: payment,
    ActionName.RECORD_PAYMENT: money_forms.record_payment,
    ActionName.RECORD_FAILURE: money_forms.record_failure,
    ActionName.CAPTURE: money_forms.capture,
    ActionName.VOID_AUTHORISATION: money_forms.void_authorisation,
    ActionName.CONTACT_CUSTOMER: money_forms.contact_customer,
    ActionName.MARK_SHIPPED: parcel_forms.shipping,
    ActionName.MARK_DELIVERED: parcel_forms.arriving,
    ActionName.MARK_RETURNED: parcel_forms.returning,
    ActionName.EDIT_TRACKING: parcel_forms.tracking,
    ActionName.HOLD: reason,
    ActionName.CANCEL: money_forms.cancel,
    ActionName.MARK_WILL_NOT_DELIVER: reason,
    ActionName.REFUND: refund,
    ActionName.CORRECT: correction,
    ActionName.EDIT_CONTACT: contact,
    ActionName.RESEND: resending,
    ActionName.REDEEM_GIFT_CARD: goods_forms.redeem,
}
