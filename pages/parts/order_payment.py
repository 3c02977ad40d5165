"""The story of an order's payment: what came, what failed and why, what is due or to give back, and what to do."""

from __future__ import annotations

from decimal import Decimal
from html import escape

import streamlit as st

from pages.parts import action_sheet
from pages.parts.order_people import mail_link, phone_link
from services.language import _, current, moment
from services.money import ZERO, shown
from services.orders import failures, life, words
from services.orders.order import Order, Payment
from services.orders.payment_methods import is_offline
from services.orders.statuses import ActionName, FulfilmentStatus, PaymentKind

_OFFERED = (
    ActionName.CAPTURE,
    ActionName.VOID_AUTHORISATION,
    ActionName.CONTACT_CUSTOMER,
    ActionName.REMIND_UNPAID,
    ActionName.RECORD_PAYMENT,
    ActionName.RECORD_FAILURE,
    ActionName.REFUND,
)


def show(order: Order, zone: str) -> None:
    """Draw it, with the steps that fit."""
    with st.container(key="card_payment"):
        st.html(f"<h2>{escape(_('Payment'))}</h2>{story(order, zone)}")
        with st.container(key="payment_steps", horizontal=True, gap="small"):
            for action in steps(order):
                st.button(
                    words.action(action),
                    key=f"pay_{action}",
                    on_click=action_sheet.ask,
                    args=(action, order),
                )


def steps(order: Order) -> tuple[ActionName, ...]:
    """The steps of money that make sense now, beside the strong one."""
    is_open = order.payment_status.is_open and order.due > 0
    apt = {
        ActionName.CONTACT_CUSTOMER: is_open and is_offline(order.payment_method),
        ActionName.REMIND_UNPAID: is_open and bool(order.email),
        ActionName.RECORD_FAILURE: is_open and not is_offline(order.payment_method),
        ActionName.RECORD_PAYMENT: is_open,
        ActionName.REFUND: order.kept > 0,
    }
    return tuple(one for one in _OFFERED if apt.get(one, True) and life.is_legal(order, one))


def story(order: Order, zone: str) -> str:
    """Method, movements in their order, sums, and what the merchant should know, as HTML."""
    notice = _notice(order)
    told = order.payment_message if notice and _why_not(order.payment_message) in notice else ""
    rows = "".join(_movement(payment, zone, told) for payment in order.payments)
    method = words.payment_method(order.payment_method, order.payment_method_label)
    reference = f"<span class='ct-quiet'> · {escape(order.transaction_id)}</span>" if order.transaction_id else ""
    figures = "".join(
        f"<div class='{'ct-due' if is_asking else ''}'><dt>{escape(label)}</dt>"
        f"<dd>{escape(_money(amount, order))}</dd></div>"
        for label, amount, is_asking in _sums(order)
    )
    return (
        f"<p class='ct-method'>{escape(method)}{reference}</p>{notice}"
        f"<ul class='ct-movements'>{rows}</ul><dl class='ct-figures'>{figures}</dl>"
    )


def _sums(order: Order) -> list[tuple[str, Decimal, bool]]:
    """Label, amount, and whether it asks for something to be done."""
    sums = [(_("Received"), order.paid, False), (_("Given back"), order.refunded, False)]
    if order.promised:
        sums.append((_("Authorised"), order.promised, True))
    if to_give_back(order):
        return [*sums, (_("To give back"), to_give_back(order), True)]
    is_over = order.fulfilment_status is FulfilmentStatus.WILL_NOT_DELIVER
    return [*sums, (_("Due"), ZERO if is_over else order.due, bool(order.due) and not is_over)]


def to_give_back(order: Order) -> Decimal:
    """What the shop holds and should not: all of a cancelled order, of others what is above their total."""
    if order.fulfilment_status is FulfilmentStatus.WILL_NOT_DELIVER:
        return max(order.kept, ZERO)
    return max(order.kept - order.total, ZERO)


def _money(amount: Decimal, order: Order) -> str:
    return shown(amount, order.currency, current())


def _movement(payment: Payment, zone: str, told: str) -> str:
    """One row; `told` is the failure that stands above already and is not said twice."""
    when = moment(payment.at, zone) if payment.at else _("time unknown")
    through = words.payment_method(payment.provider or payment.method)
    about = " · ".join(escape(text) for text in (when, through, payment.reference) if text)
    sign = "−" if payment.kind is PaymentKind.REFUND else ""
    has_moved = payment.kind.is_received or payment.kind is PaymentKind.REFUND
    why = _why(payment.failure_reason) if payment.failure_reason not in ("", told) else ""
    amount = escape(shown(payment.amount, payment.currency, current()))
    return (
        f"<li class='{'' if has_moved else 'ct-unmoved'} {'ct-failed' if _is_failure(payment) else ''}'>"
        f"<span>{escape(words.payment_kind(payment.kind))}"
        f"<span class='ct-under'>{about}</span>{why}</span><span class='ct-num'>{sign}{amount}</span></li>"
    )


def _is_failure(payment: Payment) -> bool:
    return payment.kind is PaymentKind.FAILURE


def _why(text: str) -> str:
    """A failure in plain words, what the provider said beside it."""
    plain = failures.explained(text)
    if not plain:
        return f"<span class='ct-bad'>{escape(text)}</span>"
    said = _("The provider said: “{words}”", words=text)
    return f"<span class='ct-why'>{escape(plain)}</span><span class='ct-under'>{escape(said)}</span>"


def _notice(order: Order) -> str:
    """What stands between the order and its money, and what to do about it."""
    if to_give_back(order):
        money = _money(to_give_back(order), order)
        if order.fulfilment_status is FulfilmentStatus.WILL_NOT_DELIVER:
            said = _("The shop still holds {amount} of this cancelled order: give it back.", amount=money)
        else:
            said = _("The customer paid {amount} more than the order costs: give it back.", amount=money)
        return _said("waiting", _("Money to give back"), escape(said))
    is_over = order.fulfilment_status is FulfilmentStatus.WILL_NOT_DELIVER
    if is_over or not order.payment_status.is_open or not order.due:
        return ""
    if order.promised:
        money = _money(order.promised, order)
        said = _("{amount} are authorised. Capture them before the authorisation runs out.", amount=money)
        return _said("waiting", _("The provider holds the money"), escape(said))
    if order.payment_message:
        return _said("bad", _("The online payment was not processed"), _why_not(order.payment_message))
    if is_offline(order.payment_method):
        todo = escape(_("Contact the customer to arrange the payment."))
        return _said("waiting", _("Offline payment"), f"{todo}</span><span>{_at_hand(order)}")
    return _said("waiting", "", escape(_("The payment provider has not confirmed the payment, and gave no reason.")))


def _why_not(text: str) -> str:
    plain = failures.explained(text)
    if not plain:
        return escape(text)
    said = _("The provider said: “{words}”", words=text)
    return f"{escape(plain)}</span><span class='ct-said'>{escape(said)}"


def _said(tone: str, title: str, html: str) -> str:
    head = f"<b>{escape(title)}</b>" if title else ""
    return f"<div class='ct-notice ct-notice-{tone}' role='note'>{head}<span>{html}</span></div>"


def _at_hand(order: Order) -> str:
    """The contact, where the merchant needs it."""
    links = (mail_link(order, _("Your order {number}", number=order.number)), phone_link(order))
    return " · ".join(link for link in links if link) or escape(_("No e-mail or phone is known."))
