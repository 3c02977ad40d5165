"""The story of an order's payment: what came, what failed and why, what is due and whom to contact. As HTML."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from pages.parts.order_people import mail_link, phone_link
from services.language import _, current, moment
from services.money import shown
from services.orders import words
from services.orders.order import Order, Payment
from services.orders.payment_methods import is_offline
from services.orders.statuses import PaymentKind


def story(order: Order, zone: str) -> str:
    """Method, movements in their order, what is due, and what the merchant should know."""

    def money(amount: Decimal) -> str:
        return shown(amount, order.currency, current())

    rows = "".join(_movement(payment, zone, money(payment.amount)) for payment in order.payments)
    method = words.payment_method(order.payment_method, order.payment_method_label)
    reference = f"<span class='ct-quiet'> · {escape(order.transaction_id)}</span>" if order.transaction_id else ""
    sums = [(_("Received"), order.paid), (_("Given back"), order.refunded), (_("Due"), order.due)]
    figures = "".join(
        f"<div class='{'ct-due' if label == _('Due') and amount else ''}'><dt>{escape(label)}</dt>"
        f"<dd>{escape(money(amount))}</dd></div>"
        for label, amount in sums
    )
    return (
        f"<p class='ct-method'>{escape(method)}{reference}</p>{_notice(order)}"
        f"<ul class='ct-movements'>{rows}</ul><dl class='ct-figures'>{figures}</dl>"
    )


def _movement(payment: Payment, zone: str, amount: str) -> str:
    is_failure = payment.kind is PaymentKind.FAILURE
    when = moment(payment.at, zone) if payment.at else _("time unknown")
    about = " · ".join(escape(text) for text in (when, payment.provider, payment.reference) if text)
    sign = "−" if payment.kind is PaymentKind.REFUND else ""
    why = f"<span class='ct-bad'>{escape(payment.failure_reason)}</span>" if payment.failure_reason else ""
    return (
        f"<li class='{'ct-failed' if is_failure else ''}'><span>{escape(words.payment_kind(payment.kind))}"
        f"<span class='ct-under'>{about}</span>{why}</span><span class='ct-num'>{sign}{escape(amount)}</span></li>"
    )


def _notice(order: Order) -> str:
    """Why there is no money yet, and what to do about it."""
    if not order.payment_status.is_open or not order.due:
        return ""
    if order.payment_message:
        return (
            f"<div class='ct-notice ct-notice-bad' role='note'><b>{escape(_('The online payment was not processed'))}"
            f"</b><span>{escape(order.payment_message)}</span></div>"
        )
    if is_offline(order.payment_method):
        return (
            f"<div class='ct-notice ct-notice-waiting' role='note'><b>{escape(_('Offline payment'))}</b><span>"
            f"{escape(_('Contact the customer to arrange the payment.'))}</span><span>{_at_hand(order)}</span></div>"
        )
    sentence = _("The payment provider has not confirmed the payment, and gave no reason.")
    return f"<div class='ct-notice ct-notice-waiting' role='note'><span>{escape(sentence)}</span></div>"


def _at_hand(order: Order) -> str:
    """The contact, where the merchant needs it."""
    links = (mail_link(order, _("Your order {number}", number=order.number)), phone_link(order))
    return " · ".join(link for link in links if link) or escape(_("No e-mail or phone is known."))
