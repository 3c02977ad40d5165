"""Ecwid's order JSON: one order, or an answer to a search."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from services.imports.adding_up import agrees, mismatch
from services.imports.fields import Record, at, is_true, money, part, records, required_money, text
from services.imports.finding import Finding, Reject, warning
from services.imports.moments import from_timestamp
from services.imports.reading import Context, LeftOut, Read, Taken
from services.imports.status_words import ECWID_FULFILMENT, ECWID_PAYMENT
from services.language import _
from services.money import ZERO
from services.orders.draft import Address, Draft, DraftLine, DraftNote, DraftPayment, DraftShipment
from services.orders.payment_methods import key_of, provider_of
from services.orders.statuses import FulfilmentStatus, Kind, PaymentKind, PaymentStatus


def read_order(order: dict[str, Any], row: int, context: Context) -> Read:
    """One object. Raises `Reject`."""
    if text(order, "paymentStatus") == "INCOMPLETE":
        return LeftOut(row, _("abandoned cart"))
    found: list[Finding] = []
    context.say(_("Ecwid's orders name no currency: the shop's own, {currency}, was taken.", currency=context.currency))
    return Taken(_draft(order, row, context, found), row, "", tuple(found))


def _draft(order: dict[str, Any], row: int, context: Context, found: list[Finding]) -> Draft:
    number = text(order, "id") or text(order, "vendorOrderNumber") or text(order, "orderNumber")
    source_id = text(order, "internalId") or text(order, "orderNumber") or text(order, "id")
    if not number or not source_id:
        raise Reject("orderNumber", "", _("The order has no number."))
    placed = _moment(order, "createTimestamp", "createDate")
    if placed is None:
        raise Reject("createDate", "", _("The date is missing."))
    currency = context.currency
    redeemed = money(order, "giftCardRedemption")
    total = required_money(order, "total")
    if order.get("totalBeforeGiftCardRedemption") not in (None, ""):
        total = required_money(order, "totalBeforeGiftCardRedemption")
    lines = [line for item in records(order, "items") if (line := _line(item, row, number, found))]
    if not records(order, "items"):
        raise Reject("items", "", _("The order has no lines."))
    option, fee = part(order, "shippingOption"), part(order, "handlingFee")
    surcharges = sum((money(one, "total") or money(one, "value") for one in records(order, "customSurcharges")), ZERO)
    discount = money(order, "couponDiscount") + money(order, "discount")
    subtotal = money(order, "subtotal")
    tax, shipping_fee = money(order, "tax"), money(option, "shippingRate")
    handling_fee = money(fee, "value") + surcharges
    bare = subtotal - discount + shipping_fee + handling_fee
    included = _is_included(order, bare, tax, total, currency, len(lines))
    expected = bare if included else bare + tax
    if not agrees(total, expected, currency, len(lines)):
        identity = "total = subtotal − couponDiscount − discount + tax + shippingRate + handlingFee"
        found.append(mismatch(row, number, identity, total, expected, currency))
    gross = sum((line.quantity * line.unit_price for line in lines), ZERO)
    if not agrees(subtotal, gross, currency, len(lines)):
        found.append(mismatch(row, number, "subtotal = Σ(price × quantity)", subtotal, gross, currency))
    label = text(order, "paymentMethod")
    method = key_of(text(order, "paymentModule"), label, total)
    status = _payment_status(order, row, number, found)
    goods = _fulfilment_status(order, row, number, found)
    if status is PaymentStatus.CANCELLED and not goods.is_over:
        reason = _("The payment is cancelled, the goods are not: both were kept as they are.")
        found.append(warning(row, "fulfillmentStatus", text(order, "fulfillmentStatus"), reason, number))
    shipping, billing = _address(part(order, "shippingPerson")), _address(part(order, "billingPerson"))
    shipments, lines = _shipments(order, goods, lines)
    note = text(order, "privateAdminNotes")
    return Draft(
        source=context.source,
        source_id=source_id,
        number=number,
        placed_at=placed,
        currency=currency,
        lines=tuple(lines),
        subtotal=subtotal,
        total=total,
        discount=discount,
        shipping_fee=shipping_fee,
        handling_fee=handling_fee,
        tax=tax,
        tax_included=included,
        payment_status=status,
        fulfilment_status=goods,
        payment_method=method,
        payment_method_label=label,
        payment_message=text(order, "paymentMessage"),
        transaction_id=text(order, "externalTransactionId"),
        email=text(order, "email"),
        name=billing.name or shipping.name,
        phone=shipping.phone or billing.phone,
        language=_language(order),
        customer_comment=text(order, "orderComments"),
        coupons=(code,) if (code := text(part(order, "discountCoupon"), "code")) else (),
        shipping_method=text(option, "shippingMethodName"),
        is_pickup=is_true(option, "isPickup"),
        shipping_address=shipping,
        billing_address=billing,
        payments=_payments(order, status, total, redeemed, method, source_id),
        shipments=shipments,
        notes=(DraftNote(note, placed, "Ecwid", "private_notes"),) if note else (),
        source_status=(
            ("payment", text(order, "paymentStatus")),
            ("fulfilment", text(order, "fulfillmentStatus")),
        ),
        source_updated_at=_moment(order, "updateTimestamp", "updateDate"),
        is_muted=is_true(order, "disableAllCustomerNotifications"),
    )


def _moment(order: Record, stamp: str, words: str) -> datetime | None:
    seconds = order.get(stamp)
    return from_timestamp(seconds) if isinstance(seconds, int) else at(order, words)


def _is_included(order: Record, bare: Decimal, tax: Decimal, total: Decimal, currency: str, lines: int) -> bool:
    """Whether prices hold the tax: said by newer orders, else by what adds up."""
    if "pricesIncludeTax" in order:
        return is_true(order, "pricesIncludeTax")
    return bool(tax) and not agrees(total, bare + tax, currency, lines) and agrees(total, bare, currency, lines)


def _line(item: Record, row: int, number: str, found: list[Finding]) -> DraftLine | None:
    quantity = money(item, "quantity")
    if quantity < 0:
        raise Reject("quantity", text(item, "quantity"), _("“{value}” is negative.", value=text(item, "quantity")))
    if quantity == 0:
        found.append(warning(row, "quantity", "0", _("A line of quantity 0 was left out."), number))
        return None
    if item.get("price") in (None, ""):
        raise Reject("price", "", _("“{value}” is no number.", value=""))
    discount = money(item, "couponAmount") + sum((money(one, "total") for one in records(item, "discounts")), ZERO)
    return DraftLine(
        name=text(item, "name"),
        quantity=quantity,
        unit_price=money(item, "price"),
        sku=text(item, "sku"),
        options=tuple((text(one, "name"), text(one, "value")) for one in records(item, "selectedOptions")),
        kind=_kind(item),
        discount=discount,
        tax=money(item, "tax"),
    )


def _kind(item: Record) -> Kind:
    if is_true(item, "isGiftCard") or is_true(item, "giftCard"):
        return Kind.GIFT_CARD
    if is_true(item, "digital") or records(item, "files") or item.get("isShippingRequired") is False:
        return Kind.DIGITAL
    return Kind.PHYSICAL


def _payment_status(order: Record, row: int, number: str, found: list[Finding]) -> PaymentStatus:
    word = text(order, "paymentStatus")
    known = ECWID_PAYMENT.get(word.strip().upper())
    if known is None:
        known = PaymentStatus.AWAITING_PAYMENT
        reason = _("Unknown payment status: {status} was taken.", status=known)
        found.append(warning(row, "paymentStatus", word, reason, number))
    return known


def _fulfilment_status(order: Record, row: int, number: str, found: list[Finding]) -> FulfilmentStatus:
    word = text(order, "fulfillmentStatus")
    known = ECWID_FULFILMENT.get(word.strip().upper())
    if known is None:
        known = FulfilmentStatus.PROCESSING
        reason = _("Unknown fulfilment status: {status} was taken.", status=known)
        found.append(warning(row, "fulfillmentStatus", word, reason, number))
    return known


def _payments(
    order: Record, status: PaymentStatus, total: Decimal, redeemed: Decimal, method: str, source_id: str
) -> tuple[DraftPayment, ...]:
    rows = []
    if redeemed > 0:
        rows.append(
            DraftPayment(
                PaymentKind.GIFT_CARD, redeemed, _moment(order, "createTimestamp", "createDate"), "gift_card",
                key=f"{source_id}:gift_card:1",
            )
        )  # fmt: skip
    charge = total - redeemed
    if status in (PaymentStatus.PAID, PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED) and charge > 0:
        provider = provider_of(text(order, "paymentModule"), text(order, "paymentMethod"))
        rows.append(
            DraftPayment(
                PaymentKind.CHARGE, charge, _moment(order, "createTimestamp", "createDate"), method, provider,
                text(order, "externalTransactionId"), key=f"{source_id}:charge:1",
            )
        )  # fmt: skip
    listed = records(order, "refunds")
    for place, one in enumerate(listed, start=1):
        rows.append(
            DraftPayment(
                PaymentKind.REFUND, abs(money(one, "amount")), at(one, "date"), method, "", text(one, "reason"),
                key=f"{source_id}:refund:{place}",
            )
        )  # fmt: skip
    if not listed and (amount := abs(money(order, "refundedAmount"))):
        rows.append(DraftPayment(PaymentKind.REFUND, amount, None, method, key=f"{source_id}:refund:1"))
    return tuple(rows)


def _shipments(
    order: Record, goods: FulfilmentStatus, lines: list[DraftLine]
) -> tuple[tuple[DraftShipment, ...], list[DraftLine]]:
    """One parcel with the order's one number when the goods have left. When they did is not told."""
    inside = tuple((index, line.quantity, ZERO) for index, line in enumerate(lines) if line.kind is Kind.PHYSICAL)
    if not goods.has_left or not inside:
        return (), lines
    is_back = goods is FulfilmentStatus.RETURNED
    inside = tuple((index, quantity, quantity if is_back else ZERO) for index, quantity, _back in inside)
    parcel = DraftShipment(
        inside,
        None,
        text(part(order, "shippingOption"), "shippingCarrierName"),
        text(order, "trackingNumber"),
        key=f"{text(order, 'orderNumber')}:parcel:1",
    )
    shipped = [
        replace(line, shipped=line.quantity, returned=line.quantity if is_back else ZERO)
        if line.kind is Kind.PHYSICAL
        else line
        for line in lines
    ]
    return (parcel,), shipped


def _address(person: Record) -> Address:
    line1, _break, line2 = text(person, "street").replace("\r\n", "\n").partition("\n")
    return Address(
        name=text(person, "name"),
        company=text(person, "companyName"),
        line1=line1,
        line2=line2,
        city=text(person, "city"),
        region=text(person, "stateOrProvinceCode"),
        postal_code=text(person, "postalCode"),
        country=text(person, "countryCode"),
        phone=text(person, "phone"),
    )


def _language(order: Record) -> str:
    if said := text(order, "lang"):
        return said
    return next((text(one, "value") for one in records(order, "orderExtraFields") if text(one, "id") == "lang"), "")
