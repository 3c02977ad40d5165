"""An order that somebody sends: its body checked field by field, its sums proved, as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from services.language import _
from services.money import ZERO, decimals, is_currency, plain, rounded
from services.orders import contact
from services.orders.body import LINE, TEXT, Body
from services.orders.draft import Draft, DraftLine, DraftPayment
from services.orders.payment_methods import key_of, provider_of
from services.orders.pickup import is_pickup
from services.orders.statuses import FulfilmentStatus, Kind, PaymentKind, PaymentStatus

SOURCE = "api"
_PAYMENT = (PaymentStatus.AWAITING_PAYMENT, PaymentStatus.AUTHORISED, PaymentStatus.PAID)
_FULFILMENT = (
    FulfilmentStatus.AWAITING_PROCESSING,
    FulfilmentStatus.PROCESSING,
    FulfilmentStatus.ON_HOLD,
    FulfilmentStatus.READY_FOR_PICKUP,
)


def read(given: object, now: datetime) -> tuple[Draft, bool]:
    """The draft of an order, and whether it is silent. `number` and `source_id` are empty when not given. Raises
    `Invalid` with a sentence per field."""
    body = Body(given)
    is_silent = body.flag("silent", False)
    currency = body.text("currency", 3, required=True).upper()
    if currency and not is_currency(currency):
        body.fault("currency", _("“{code}” is not a currency code such as EUR.", code=currency))
        currency = ""
    lines = tuple(_line(line, currency) for line in body.children("lines", required=True))
    placed_at = body.moment("placed_at") or now
    if placed_at > now + timedelta(days=1):
        body.fault("placed_at", _("This is in the future."))
    sums = _sums(body, lines, currency)
    total = sums["total"]
    status = body.one_of("payment_status", PaymentStatus, _PAYMENT)
    method, label = body.text("payment_method", LINE), body.text("payment_method_label", LINE)
    shipping_method = body.text("shipping_method", LINE)
    key = key_of(method, label, total)
    reference, message = body.text("transaction_id", LINE), body.text("payment_message", 1000)
    payment = status or (PaymentStatus.PAID if total == 0 else PaymentStatus.AWAITING_PAYMENT)
    draft = Draft(
        source=body.text("source", LINE) or SOURCE,
        source_id=body.text("source_id", LINE),
        number=body.text("number", 60).strip(),
        placed_at=placed_at,
        currency=currency,
        lines=lines,
        subtotal=sums["subtotal"],
        discount=sums["discount"],
        shipping_fee=sums["shipping_fee"],
        handling_fee=sums["handling_fee"],
        tax=sums["tax"],
        total=total,
        tax_included=body.flag("tax_included", False),
        payment_status=payment,
        fulfilment_status=body.one_of("fulfilment_status", FulfilmentStatus, _FULFILMENT)
        or FulfilmentStatus.AWAITING_PROCESSING,
        payment_method=key,
        payment_method_label=label or (method if method != key else ""),
        payment_message=message,
        transaction_id=reference,
        email=contact.email(body, "email"),
        name=contact.line(body, "name"),
        phone=contact.line(body, "phone"),
        language=contact.language(body, "language"),
        customer_comment=body.text("customer_comment", TEXT),
        tags=body.texts("tags", 60),
        coupons=body.texts("coupons", 100),
        shipping_method=shipping_method,
        is_pickup=is_pickup(shipping_method),
        shipping_address=contact.address(body.child("shipping_address")),
        billing_address=contact.address(body.child("billing_address")),
        payments=_facts(payment, total, placed_at, reference, message, provider_of(method, label)),
    )
    body.done()
    return draft, is_silent


def _line(body: Body, currency: str) -> DraftLine:
    quantity, price = body.quantity("quantity", required=True), body.money("unit_price", required=True)
    discount, tax = _money(body, "discount", currency) or ZERO, _money(body, "tax", currency) or ZERO
    total = _money(body, "total", currency)
    options = tuple(
        (option.text("name", LINE), option.text("value", LINE))
        for option in (body.children("options") if body.value("options") else [])
    )
    gross = rounded((quantity or ZERO) * (price or ZERO), currency) if currency else ZERO
    line = DraftLine(
        name=body.text("name", 500, required=True),
        quantity=quantity or ZERO,
        unit_price=price or ZERO,
        sku=body.text("sku", LINE),
        options=options,
        kind=body.one_of("kind", Kind) or Kind.PHYSICAL,
        discount=discount,
        tax=tax,
        total=gross - discount,
    )
    if currency and quantity is not None and price is not None:
        if discount > gross:
            body.fault(
                "discount", _unlike(_("The line costs {computed}, the discount is {given}."), gross, discount, currency)
            )
        if total is not None and total != gross - discount:
            sentence = _("Quantity × unit price − discount is {computed}, but {given} was given.")
            body.fault("total", _unlike(sentence, gross - discount, total, currency))
    return line


def _sums(body: Body, lines: Sequence[DraftLine], currency: str) -> dict[str, Decimal]:
    """The order's sums, computed; those that were given must say the same."""
    names = ("subtotal", "discount", "shipping_fee", "handling_fee", "tax", "total")
    given = {name: _money(body, name, currency) for name in names}
    if not currency:
        return dict.fromkeys(names, ZERO)
    exact = rounded(sum((line.quantity * line.unit_price for line in lines), ZERO), currency)
    by_line = sum((rounded(line.quantity * line.unit_price, currency) for line in lines), ZERO)
    subtotal = by_line if given["subtotal"] is None else given["subtotal"]
    if subtotal not in (by_line, exact):
        sentence = _("The lines add up to {computed}, but {given} was given.")
        body.fault("subtotal", _unlike(sentence, by_line, subtotal, currency))
    sums = {"subtotal": subtotal}
    for name in ("discount", "tax"):
        of_lines = sum((getattr(line, name) for line in lines), ZERO)
        stated = given[name]
        sums[name] = of_lines if stated is None else stated
        if sums[name] < of_lines:
            sentence = _("The lines alone add up to {computed}, but {given} was given.")
            body.fault(name, _unlike(sentence, of_lines, sums[name], currency))
    sums |= {name: given[name] or ZERO for name in ("shipping_fee", "handling_fee")}
    taxes = ZERO if body.flag("tax_included", False) else sums["tax"]
    total = subtotal - sums["discount"] + sums["shipping_fee"] + sums["handling_fee"] + taxes
    if total < 0:
        body.fault("discount", _("The discount is more than the order costs."))
    if given["total"] is not None and given["total"] != total:
        sentence = _("The sums make a total of {computed}, but {given} was given.")
        body.fault("total", _unlike(sentence, total, given["total"], currency))
    return sums | {"total": total}


def _money(body: Body, name: str, currency: str) -> Decimal | None:
    return body.money(name, decimals(currency) if currency else 3)


def _unlike(sentence: str, computed: Decimal, given: Decimal, currency: str) -> str:
    return sentence.format(
        computed=f"{plain(computed, currency)} {currency}", given=f"{plain(given, currency)} {currency}"
    )


def _facts(
    status: PaymentStatus, total: Decimal, at: datetime, reference: str, message: str, provider: str
) -> tuple[DraftPayment, ...]:
    """The money movement that a payment status stands for: a charge, an authorisation, a failure with its reason."""
    if status is PaymentStatus.PAID and total > 0:
        return (DraftPayment(PaymentKind.CHARGE, total, at, provider=provider, reference=reference),)
    if status is PaymentStatus.AUTHORISED:
        return (DraftPayment(PaymentKind.AUTHORISATION, total, at, provider=provider, reference=reference),)
    if status is PaymentStatus.AWAITING_PAYMENT and message:
        return (
            DraftPayment(
                PaymentKind.FAILURE, total, at, provider=provider, reference=reference, failure_reason=message
            ),
        )
    return ()
