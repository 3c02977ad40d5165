"""What Shopify's words say of money and goods, as payments and parcels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from services.imports.finding import Finding, warning
from services.imports.status_words import (
    SHOPIFY_FULFILMENT,
    SHOPIFY_PAYMENT,
    after_cancelling,
    folded,
    without_money,
)
from services.language import _
from services.money import ZERO
from services.orders.draft import DraftLine, DraftPayment, DraftShipment
from services.orders.payment_methods import provider_of
from services.orders.statuses import FulfilmentStatus, Kind, PaymentKind, PaymentStatus

GIFT_CARD = re.compile(r"gift.?card|carte.cadeau|bon.cadeau|gutschein", re.IGNORECASE)
_YES = frozenset({"true", "vrai", "yes", "oui", "1", "wahr", ""})


@lru_cache(maxsize=8192)
def kind_of(ships: str, name: str, sku: str) -> Kind:
    """What a line is: what ships is physical, as is what is not said; else a gift card by its name, else digital."""
    if ships.lower() in _YES:
        return Kind.PHYSICAL
    return Kind.GIFT_CARD if GIFT_CARD.search(name) or GIFT_CARD.search(sku) else Kind.DIGITAL


@dataclass(frozen=True, slots=True)
class Money:
    """What the file says of an order's money. `outstanding` None when it does not say."""

    total: Decimal
    method: str
    label: str
    reference: str
    source_id: str
    cancelled_at: datetime | None
    paid_at: datetime | None
    refunded: Decimal
    outstanding: Decimal | None


@dataclass(frozen=True, slots=True)
class Paid:
    """Where the money is."""

    status: PaymentStatus
    message: str
    rows: tuple[DraftPayment, ...]


def payment(word: str, money: Money, row: int, number: str, found: list[Finding]) -> Paid:
    """Status and movements from the word and the sums; an authorisation is no money."""
    message = ""
    known = SHOPIFY_PAYMENT.get(word) or SHOPIFY_PAYMENT.get(folded(word))
    if known is None:
        known = PaymentStatus.PAID if not word.strip() and not money.total else PaymentStatus.AWAITING_PAYMENT
        reason = (
            _("No payment status: {status} was taken.")
            if not word.strip()
            else _("Unknown payment status: {status} was taken.")
        )
        found.append(warning(row, "Financial Status", word, reason.format(status=known), number))
    elif known is PaymentStatus.AWAITING_PAYMENT and folded(word) == "expired":
        message = _("authorisation expired")
    charge, refund = _sums(known, money, row, number, found)
    if money.cancelled_at:
        if known is PaymentStatus.PAID and money.total and not refund:
            found.append(warning(row, "Cancelled at", "", _("Cancelled and paid, but nothing was refunded."), number))
        known = after_cancelling(bool(charge) or not without_money(known), known)
    return Paid(known, message, _rows(charge, refund, money))


def _sums(status: PaymentStatus, money: Money, row: int, number: str, found: list[Finding]) -> tuple[Decimal, Decimal]:
    """Money that came in and was given back."""
    charge, refund = ZERO, ZERO
    if status is PaymentStatus.PAID:
        charge, refund = money.total, money.refunded
        if refund:
            found.append(
                warning(
                    row, "Refunded Amount", str(refund), _("The order is called paid, yet money was refunded."), number
                )
            )
    elif status in (PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED):
        charge, refund = money.total, money.refunded
        if money.outstanding is not None and money.total - money.outstanding >= refund:
            charge = money.total - money.outstanding
        if not refund:
            reason = _("The order is called refunded, but the file does not say how much.")
            found.append(warning(row, "Refunded Amount", "", reason, number))
    elif status is PaymentStatus.PARTIALLY_PAID:
        refund = money.refunded
        if money.outstanding is None:
            reason = _("Partly paid, but the file does not say how much: no payment was booked.")
            found.append(warning(row, "Outstanding Balance", "", reason, number))
        else:
            charge = money.total - money.outstanding
    if refund > charge:
        reason = _("More was refunded than was paid.")
        found.append(warning(row, "Refunded Amount", str(refund), reason, number))
    return max(charge, ZERO), refund


@lru_cache(maxsize=1024)
def provider(label: str) -> str:
    """Who handles payments of this label."""
    return provider_of("", label)


def _rows(charge: Decimal, refund: Decimal, money: Money) -> tuple[DraftPayment, ...]:
    rows = []
    by = provider(money.label)
    # how much of it went by which method is not in the file, so the split stays in the reference
    reference = money.label if " + " in money.label else money.reference
    if charge:
        rows.append(
            DraftPayment(
                PaymentKind.CHARGE, charge, money.paid_at, money.method, by, reference,
                key=f"{money.source_id}:charge:1",
            )
        )  # fmt: skip
    if refund:
        rows.append(
            DraftPayment(
                PaymentKind.REFUND, refund, money.cancelled_at, money.method, by, "",
                key=f"{money.source_id}:refund:1",
            )
        )  # fmt: skip
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Goods:
    """Where the goods are."""

    status: FulfilmentStatus
    lines: list[DraftLine]
    shipments: tuple[DraftShipment, ...]


def _never_left(status: FulfilmentStatus, fulfilled_at: datetime | None) -> bool:
    if status is FulfilmentStatus.RETURNED:
        return fulfilled_at is None
    return not status.has_left and status is not FulfilmentStatus.PARTIALLY_SHIPPED


def fulfilment(
    word: str,
    cancelled_at: datetime | None,
    fulfilled_at: datetime | None,
    lines: list[DraftLine],
    words: list[str],
    source_id: str,
    row: int,
    number: str,
    found: list[Finding],
) -> Goods:
    """Status and one parcel without a number: the file knows no more than the time of the order."""
    status = SHOPIFY_FULFILMENT.get(word) or SHOPIFY_FULFILMENT.get(folded(word))
    if status is None:
        status = FulfilmentStatus.PROCESSING
        reason = _("Unknown fulfilment status: {status} was taken.", status=status)
        found.append(warning(row, "Fulfillment Status", word, reason, number))
    if cancelled_at and _never_left(status, fulfilled_at):
        status = FulfilmentStatus.WILL_NOT_DELIVER
    if status is FulfilmentStatus.PARTIALLY_SHIPPED:
        gone = [index for index, said in enumerate(words) if folded(said) == "fulfilled"]
    elif status.has_left and (fulfilled_at or status is not FulfilmentStatus.RETURNED):
        gone = list(range(len(lines)))
    else:
        return Goods(status, lines, ())
    gone = [index for index in gone if lines[index].kind is Kind.PHYSICAL]
    if not gone:
        return Goods(status, lines, ())
    is_back = status is FulfilmentStatus.RETURNED
    for index in gone:
        lines[index] = _gone(lines[index], is_back)
    parcel = DraftShipment(
        tuple((index, lines[index].quantity, lines[index].quantity if is_back else ZERO) for index in gone),
        fulfilled_at,
        key=f"{source_id}:parcel:1",
    )
    return Goods(status, lines, (parcel,))


def _gone(line: DraftLine, is_back: bool) -> DraftLine:
    """The line as it left, whole."""
    return DraftLine(
        line.name, line.quantity, line.unit_price, line.sku, kind=line.kind, discount=line.discount,
        shipped=line.quantity, returned=line.quantity if is_back else ZERO,
    )  # fmt: skip
