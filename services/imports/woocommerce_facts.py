"""What WooCommerce's one status word and dates say of money and goods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from services.imports.fields import Record, at, money, records, text
from services.imports.finding import Finding, warning
from services.imports.reading import Context
from services.language import _
from services.money import ZERO
from services.orders.draft import DraftPayment, DraftShipment
from services.orders.payment_methods import provider_of
from services.orders.statuses import FulfilmentStatus as Goods
from services.orders.statuses import PaymentKind
from services.orders.statuses import PaymentStatus as Money


@dataclass(frozen=True, slots=True)
class Facts:
    """Where money and goods are. A shipment stands without lines: the order's goods are put into it."""

    payment: Money
    fulfilment: Goods
    message: str
    payments: tuple[DraftPayment, ...]
    shipments: tuple[DraftShipment, ...]


def facts_of(
    order: Record,
    word: str,
    total: Decimal,
    method: str,
    row: int,
    number: str,
    context: Context,
    found: list[Finding],
) -> Facts:
    """Both axes from the one word, then corrected by the money that was given back."""
    paid_at = _at(order, "date_paid", context)
    completed_at = _at(order, "date_completed", context)
    money_status, goods, message = _axes(order, word, total, paid_at, completed_at, row, number, found)
    refunds = _refunds(order, method)
    refunded = sum((one.amount for one in refunds), ZERO)
    charge = ZERO if money_status in (Money.AWAITING_PAYMENT, Money.CANCELLED) else total
    if refunded:
        charge = total
        if word != "refunded":
            money_status = Money.PARTIALLY_REFUNDED if refunded < total else Money.REFUNDED
    elif word == "refunded":
        reason = _("The order is called refunded, but the file does not say how much.")
        found.append(warning(row, "refunds", "", reason, number))
    rows = []
    if charge:
        rows.append(
            DraftPayment(
                PaymentKind.CHARGE, charge, paid_at, method,
                provider_of(text(order, "payment_method"), text(order, "payment_method_title")),
                text(order, "transaction_id"), key=f"{text(order, 'id')}:charge:1",
            )
        )  # fmt: skip
    parcels: tuple[DraftShipment, ...] = ()
    if goods.has_left:
        parcels = (DraftShipment((), completed_at, key=f"{text(order, 'id')}:parcel:1", delivered_at=completed_at),)
    return Facts(money_status, goods, message, (*rows, *refunds), parcels)


def _axes(
    order: Record,
    word: str,
    total: Decimal,
    paid_at: datetime | None,
    completed_at: datetime | None,
    row: int,
    number: str,
    found: list[Finding],
) -> tuple[Money, Goods, str]:
    by_date = Money.PAID if paid_at else Money.AWAITING_PAYMENT
    match word:
        case "on-hold":
            return by_date, Goods.ON_HOLD if paid_at else Goods.AWAITING_PROCESSING, ""
        case "pending":
            return Money.AWAITING_PAYMENT, Goods.AWAITING_PROCESSING, ""
        case "failed":
            return Money.AWAITING_PAYMENT, Goods.AWAITING_PROCESSING, _("payment failed at the source")
        case "processing":
            is_on_delivery = text(order, "payment_method") == "cod" and not paid_at
            return Money.AWAITING_PAYMENT if is_on_delivery else Money.PAID, Goods.AWAITING_PROCESSING, ""
        case "completed":
            return Money.PAID, Goods.DELIVERED, ""
        case "ready-for-pickup":
            return by_date, Goods.READY_FOR_PICKUP, ""
        case "cancelled":
            return (Money.PAID if paid_at and total else Money.CANCELLED), Goods.WILL_NOT_DELIVER, ""
        case "refunded":
            return Money.REFUNDED, Goods.DELIVERED if completed_at else Goods.WILL_NOT_DELIVER, ""
    reason = _("Unknown status: {payment} and {fulfilment} were taken.", payment=by_date,
               fulfilment=Goods.AWAITING_PROCESSING)  # fmt: skip
    found.append(warning(row, "status", text(order, "status"), reason, number))
    return by_date, Goods.AWAITING_PROCESSING, ""


def _refunds(order: Record, method: str) -> tuple[DraftPayment, ...]:
    """The refunds of the order's summary: their totals are negative there. When they were made is not told."""
    rows = []
    for one in records(order, "refunds"):
        amount = abs(money(one, "total") or money(one, "amount"))
        if amount:
            reason = text(one, "refund") or text(one, "reason")
            rows.append(
                DraftPayment(
                    PaymentKind.REFUND, amount, None, method, "", reason, key=f"refund:{text(one, 'id')}",
                )
            )  # fmt: skip
    return tuple(rows)


def _at(order: Record, key: str, context: Context) -> datetime | None:
    return at(order, f"{key}_gmt", "UTC") or at(order, key, context.zone)
