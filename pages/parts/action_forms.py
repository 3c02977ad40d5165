"""What an action asks for, as fields in its sheet; each gives the parameters of the API."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import streamlit as st

from pages.parts.escaping import md
from services.language import _
from services.messages.kinds import Template
from services.money import plain
from services.orders import derive, words
from services.orders.actions.refund import left_to_refund
from services.carriers.pages import PAGES
from services.orders.order import Line, Order
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


def shipping(order: Order) -> Params:
    """Carrier, tracking number, and how much of each line, where it is not all that is left."""
    carrier, number = st.columns(2)
    given: Params = {
        "carrier": carrier.selectbox(
            _("Carrier (optional)"),
            list(PAGES),
            index=None,
            key="sheet_carrier",
            placeholder=_("Choose or type"),
            accept_new_options=True,
        )
        or "",
        "tracking_number": number.text_input(_("Tracking number (optional)"), key="sheet_tracking"),
    }
    return given | _lines(order, derive.left_to_ship, _("Ship only a part"))


def returning(order: Order) -> Params:
    """What came back, and why."""
    return reason(order) | _lines(order, derive.left_to_return, _("Only a part came back"))


def payment(order: Order) -> Params:
    """How much came in, and the bank's reference."""
    amount, reference = st.columns(2)
    due = plain(order.due, order.currency)
    return {
        "amount": amount.text_input(_("Amount ({currency})", currency=order.currency), due, key="sheet_amount"),
        "reference": reference.text_input(_("Reference (optional)"), key="sheet_reference"),
    }


def refund(order: Order) -> Params:
    """How much goes back, and whether the goods go back on the shelf."""
    most = plain(order.paid - order.refunded, order.currency)
    given: Params = _lines(order, left_to_refund, _("Refund certain items"))
    if not given:
        label = _("Amount ({currency}), at most {most}", currency=order.currency, most=most)
        given["amount"] = st.text_input(label, most, key="sheet_amount")
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


def _lines(order: Order, left: Callable[[Line], Decimal], label: str) -> Params:
    """Quantities by line, when the merchant wants less than everything."""
    some = [line for line in order.lines if left(line) > 0]
    if sum((left(line) for line in some), Decimal(0)) <= 1 or not st.checkbox(label, key="sheet_part"):
        return {}
    picked = []
    for line in some:
        most = left(line)
        step = 1.0 if most == most.to_integral_value() else 0.001
        count = st.number_input(
            md(f"{line.name} · {line.sku}" if line.sku else line.name),
            min_value=0.0,
            max_value=float(most),
            value=float(most),
            step=step,
            format="%.0f" if step == 1.0 else "%.3f",
            key=f"sheet_line_{line.id}",
        )
        if count:
            exact = Decimal(str(count))
            picked.append({"line_id": line.id, "quantity": int(exact) if exact == int(exact) else float(exact)})
    return {"lines": picked}


FORMS: dict[ActionName, Callable[[Order], Params]] = {
    ActionName.MARK_PAID: payment,
    ActionName.MARK_SHIPPED: shipping,
    ActionName.MARK_RETURNED: returning,
    ActionName.HOLD: reason,
    ActionName.CANCEL: reason,
    ActionName.MARK_WILL_NOT_DELIVER: reason,
    ActionName.REFUND: refund,
    ActionName.CORRECT: correction,
    ActionName.EDIT_CONTACT: contact,
    ActionName.RESEND: resending,
}
