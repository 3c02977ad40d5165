"""Shopify's order JSON: files and webhook bodies alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from services.imports.adding_up import agrees, allocated, known_currency, mismatch
from services.imports.countries import country
from services.imports.fields import Record, at, is_true, money, part, records, required_money, text
from services.imports.finding import Finding, Reject, warning
from services.imports.reading import Context, LeftOut, Read, Sparse, Taken
from services.imports.shopify_facts import GIFT_CARD
from services.imports.shopify_movements import fulfilment_of, payment_of
from services.language import _
from services.money import ZERO
from services.orders.draft import Address, Draft, DraftLine, DraftNote
from services.orders.payment_methods import key_of
from services.orders.statuses import Kind


def read_order(order: dict[str, Any], row: int, context: Context) -> Read:
    """One object: an order, a part of one, or something that is none. Raises `Reject`."""
    if "currency" not in order and "line_items" not in order and text(order, "financial_status"):
        return Sparse(row, text(order, "name"), order)
    if "financial_status" not in order:
        if "invoice_url" in order or "invoice_sent_at" in order:
            return LeftOut(row, _("draft order"))
        if "completed_at" in order or "abandoned_checkout_url" in order:
            return LeftOut(row, _("checkout"))
        if "currency" not in order:
            return Sparse(row, text(order, "name"), order)
    if not isinstance(order.get("line_items"), list):
        raise Reject("line_items", "", _("The order has no lines."))
    found: list[Finding] = []
    attributes = [f"{text(one, 'name')}: {text(one, 'value')}" for one in records(order, "note_attributes")]
    return Taken(_draft(order, row, context, found), row, "", tuple(found), "\n".join(attributes))


def _draft(order: dict[str, Any], row: int, context: Context, found: list[Finding]) -> Draft:
    number = text(order, "name") or text(order, "order_number")
    source_id = text(order, "id")
    if not number and not source_id:
        raise Reject("id", "", _("The row names no order."))
    placed = at(order, "processed_at", context.zone) or at(order, "created_at", context.zone)
    if placed is None:
        raise Reject("created_at", "", _("The date is missing."))
    currency = known_currency(text(order, "currency"), "currency")
    total = required_money(order, "total_price")
    items = [item for item in records(order, "line_items") if _counts(item, row, number, found)]
    lines = [_line(item, order) for item in items]
    discount = money(order, "total_discounts")
    tax, included = money(order, "total_tax"), is_true(order, "taxes_included")
    shipping_fee = sum((money(one, "price") for one in records(order, "shipping_lines")), ZERO)
    subtotal = sum((line.quantity * line.unit_price for line in lines), ZERO)
    _check_sums(order, row, number, currency, lines, (subtotal, discount, shipping_fee, tax, total), found)
    status = {name: text(order, key) for name, key in _STATUS.items() if text(order, key)}
    if discount and not any(line.discount for line in lines):
        shares = allocated(discount, [line.quantity * line.unit_price for line in lines], currency)
        lines = [replace(line, discount=share) for line, share in zip(lines, shares, strict=True)]
        status["line_discounts"] = "allocated"
    names = [name for name in order.get("payment_gateway_names") or [] if isinstance(name, str) and name]
    label = " + ".join(names) or text(order, "gateway")
    method = key_of("", label, total)
    paid = payment_of(order, total, method, label, row, number, context.zone, found)
    goods = fulfilment_of(order, items, lines, row, number, context.zone, found)
    shipping, billing = _address(part(order, "shipping_address")), _address(part(order, "billing_address"))
    customer = part(order, "customer")
    terms = text(part(order, "payment_terms"), "payment_terms_name")
    return Draft(
        source=context.source,
        source_id=source_id or number,
        number=number or source_id,
        placed_at=placed,
        currency=currency,
        lines=tuple(goods.lines),
        subtotal=subtotal,
        total=total,
        discount=discount,
        shipping_fee=shipping_fee,
        tax=tax,
        tax_included=included,
        payment_status=paid.status,
        fulfilment_status=goods.status,
        payment_method=method,
        payment_method_label=label,
        payment_message=paid.message,
        transaction_id=paid.reference,
        email=text(order, "email") or text(order, "contact_email"),
        name=billing.name or shipping.name or f"{text(customer, 'first_name')} {text(customer, 'last_name')}".strip(),
        phone=text(order, "phone") or shipping.phone or billing.phone,
        language=text(order, "customer_locale"),
        customer_comment=text(order, "note"),
        tags=_tags(order, method),
        coupons=tuple(code for one in records(order, "discount_codes") if (code := text(one, "code"))),
        shipping_method=", ".join(title for one in records(order, "shipping_lines") if (title := text(one, "title"))),
        shipping_address=shipping,
        billing_address=billing,
        payments=paid.rows,
        shipments=goods.shipments,
        notes=(DraftNote(_("Payment terms: {terms}", terms=terms), placed, "Shopify", "payment_terms"),)
        if terms
        else (),
        source_status=tuple(status.items()),
        source_updated_at=at(order, "updated_at", context.zone),
    )


_STATUS = {
    "payment": "financial_status",
    "fulfilment": "fulfillment_status",
    "cancelled_at": "cancelled_at",
    "cancel_reason": "cancel_reason",
}


def _counts(item: Record, row: int, number: str, found: list[Finding]) -> bool:
    """Whether a line counts. Raises `Reject` for a negative quantity."""
    quantity = money(item, "quantity")
    if quantity < 0:
        raise Reject("quantity", text(item, "quantity"), _("“{value}” is negative.", value=text(item, "quantity")))
    if quantity == 0:
        found.append(warning(row, "quantity", "0", _("A line of quantity 0 was left out."), number))
    return quantity > 0


def _line(item: Record, order: Record) -> DraftLine:
    quantity = money(item, "quantity")
    if item.get("price") in (None, ""):
        raise Reject("price", "", _("“{value}” is no number.", value=""))
    discount = sum((money(one, "amount") for one in records(item, "discount_allocations")), ZERO)
    refunded, returned = _given_back(text(item, "id"), order)
    if "current_quantity" in item:
        refunded = max(refunded, quantity - money(item, "current_quantity"))
    options = [("Variant", text(item, "variant_title"))] if text(item, "variant_title") else []
    options += [(text(one, "name"), text(one, "value")) for one in records(item, "properties")]
    name = text(item, "name") or text(item, "title")
    return DraftLine(
        name=name,
        quantity=quantity,
        unit_price=money(item, "price"),
        sku=text(item, "sku"),
        options=tuple(options),
        kind=_kind(item, name),
        discount=discount or money(item, "total_discount"),
        tax=sum((money(one, "price") for one in records(item, "tax_lines")), ZERO),
        refunded=min(refunded, quantity),
        returned=min(returned, quantity),
    )


def _given_back(line_id: str, order: Record) -> tuple[Decimal, Decimal]:
    """Quantity of a line that was refunded, and of it what came back to the shop."""
    refunded = returned = ZERO
    for refund in records(order, "refunds"):
        for one in records(refund, "refund_line_items"):
            if text(one, "line_item_id") == line_id:
                refunded += money(one, "quantity")
                if text(one, "restock_type") in ("return", "legacy_restock"):
                    returned += money(one, "quantity")
    return refunded, returned


def _kind(item: Record, name: str) -> Kind:
    if is_true(item, "gift_card"):
        return Kind.GIFT_CARD
    if item.get("requires_shipping") is False:
        return Kind.GIFT_CARD if GIFT_CARD.search(name) else Kind.DIGITAL
    return Kind.PHYSICAL


def _check_sums(
    order: Record,
    row: int,
    number: str,
    currency: str,
    lines: Sequence[DraftLine],
    sums: tuple[Decimal, Decimal, Decimal, Decimal, Decimal],
    found: list[Finding],
) -> None:
    subtotal, discount, shipping_fee, tax, total = sums
    expected = subtotal - discount + shipping_fee + (ZERO if is_true(order, "taxes_included") else tax)
    if not agrees(total, expected, currency, len(lines)):
        identity = "total_price = Σ(price × quantity) − total_discounts + shipping + total_tax"
        found.append(mismatch(row, number, identity, total, expected, currency))
    if order.get("subtotal_price") not in (None, ""):
        said = money(order, "subtotal_price")
        if not agrees(said, subtotal - discount, currency, len(lines)):
            identity = "subtotal_price = Σ(price × quantity) − total_discounts"
            found.append(mismatch(row, number, identity, said, subtotal - discount, currency))


def _address(address: Record) -> Address:
    name = text(address, "name") or f"{text(address, 'first_name')} {text(address, 'last_name')}".strip()
    land = text(address, "country_code") or text(address, "country")
    return Address(
        name=name,
        company=text(address, "company"),
        line1=text(address, "address1"),
        line2=text(address, "address2"),
        city=text(address, "city"),
        region=text(address, "province_code") or text(address, "province"),
        postal_code=text(address, "zip"),
        country=country(land) if land else "",
        phone=text(address, "phone"),
    )


def _tags(order: Record, method: str) -> tuple[str, ...]:
    tags = [tag for piece in text(order, "tags").split(",") if (tag := piece.strip())]
    channel = text(order, "source_name")
    if channel and channel != "web" and not channel.isdigit():
        tags.append(f"source: {channel}")
    if is_true(order, "test") or method == "test":
        tags.append("test")
    return tuple(dict.fromkeys(tags))
