"""WooCommerce's order JSON (REST v3)."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from services.imports.adding_up import agrees, known_currency, mismatch
from services.imports.fields import Record, at, money, part, records, required_money, text
from services.imports.finding import Finding, Reject, warning
from services.imports.reading import Context, LeftOut, Read, Taken
from services.imports.status_words import WOOCOMMERCE_CARTS
from services.imports.woocommerce_facts import Facts, facts_of
from services.language import _
from services.money import ZERO, stored
from services.orders.draft import Address, Draft, DraftLine
from services.orders.payment_methods import key_of
from services.orders.statuses import Kind


def read_order(order: dict[str, Any], row: int, context: Context) -> Read:
    """One object. Raises `Reject`."""
    word = text(order, "status").strip().lower().removeprefix("wc-")
    if word in WOOCOMMERCE_CARTS:
        return LeftOut(row, word)
    if not isinstance(order.get("line_items"), list):
        raise Reject("line_items", "", _("The order has no lines."))
    found: list[Finding] = []
    return Taken(_draft(order, word, row, context, found), row, "", tuple(found))


def _draft(order: dict[str, Any], word: str, row: int, context: Context, found: list[Finding]) -> Draft:
    source_id = text(order, "id")
    number = text(order, "number") or source_id
    if not source_id:
        raise Reject("id", "", _("The row names no order."))
    placed = _at(order, "date_created", context)
    if placed is None:
        raise Reject("date_created", "", _("The date is missing."))
    if text(order, "parent_id") not in ("", "0"):
        reason = _(
            "This belongs to order {parent}: a part or a refund made by a plugin.", parent=text(order, "parent_id")
        )
        found.append(warning(row, "parent_id", text(order, "parent_id"), reason, number))
    currency = known_currency(text(order, "currency"), "currency")
    total = required_money(order, "total")
    lines = [line for item in records(order, "line_items") if (line := _line(item, row, number, found))]
    subtotal = sum((money(item, "subtotal") for item in records(order, "line_items")), ZERO)
    after = sum((money(item, "total") for item in records(order, "line_items")), ZERO)
    shipping_fee = sum((money(one, "total") for one in records(order, "shipping_lines")), ZERO)
    fees = [money(one, "total") for one in records(order, "fee_lines")]
    tax = money(order, "total_tax")
    expected = after + shipping_fee + sum(fees, ZERO) + tax
    if not agrees(total, expected, currency, len(lines)):
        identity = "total = Σ lines + Σ shipping + Σ fees + total_tax"
        found.append(mismatch(row, number, identity, total, expected, currency))
    cuts = -sum((fee for fee in fees if fee < 0), ZERO)
    if cuts:
        found.append(warning(row, "fee_lines", str(-cuts), _("A negative fee was counted as a discount."), number))
    label = text(order, "payment_method_title")
    method = key_of(text(order, "payment_method"), label, total)
    facts = facts_of(order, word, total, method, row, number, context, found)
    shipping, billing = _address(part(order, "shipping")), _address(part(order, "billing"))
    lines = _kinds(order, lines, shipping, row, number, found)
    return _with(
        Draft(
            source=context.source,
            source_id=source_id,
            number=number,
            placed_at=placed,
            currency=currency,
            lines=tuple(lines),
            subtotal=subtotal,
            total=total,
            discount=subtotal - after + cuts,
            shipping_fee=shipping_fee,
            handling_fee=sum((fee for fee in fees if fee > 0), ZERO),
            tax=tax,
            # the amounts stay net whatever the shop typed; `prices_include_tax` stays in the raw record
            tax_included=False,
            payment_method=method,
            payment_method_label=label,
            transaction_id=text(order, "transaction_id"),
            email=text(part(order, "billing"), "email"),
            name=billing.name or shipping.name,
            phone=billing.phone or shipping.phone,
            customer_comment=text(order, "customer_note"),
            tags=("test",) if method == "test" else (),
            coupons=tuple(code for one in records(order, "coupon_lines") if (code := text(one, "code"))),
            shipping_method=", ".join(
                title for one in records(order, "shipping_lines") if (title := text(one, "method_title"))
            ),
            shipping_address=shipping,
            billing_address=billing,
            source_status=(("status", text(order, "status")),),
            source_updated_at=_at(order, "date_modified", context),
        ),
        facts,
    )


def _with(draft: Draft, facts: Facts) -> Draft:
    lines = draft.lines
    if facts.shipments:
        lines = tuple(replace(line, shipped=line.quantity) if line.kind is Kind.PHYSICAL else line for line in lines)
        goods = tuple((i, line.quantity, ZERO) for i, line in enumerate(lines) if line.kind is Kind.PHYSICAL)
        shipments = tuple(replace(one, lines=goods) for one in facts.shipments) if goods else ()
    else:
        shipments = ()
    return replace(
        draft,
        lines=lines,
        shipments=shipments,
        payments=facts.payments,
        payment_status=facts.payment,
        fulfilment_status=facts.fulfilment,
        payment_message=facts.message,
    )


def _at(order: Record, key: str, context: Context) -> datetime | None:
    """A time: the UTC one where there is one, else the site's own, read on the shop's clock."""
    exact = at(order, f"{key}_gmt", "UTC")
    if exact is None and (own := at(order, key, context.zone)):
        context.say(_("Times without an offset were read on the shop's clock, {zone}.", zone=context.zone))
        return own
    return exact


def _line(item: Record, row: int, number: str, found: list[Finding]) -> DraftLine | None:
    quantity = money(item, "quantity")
    if quantity < 0:
        raise Reject("quantity", text(item, "quantity"), _("“{value}” is negative.", value=text(item, "quantity")))
    if quantity == 0:
        found.append(warning(row, "quantity", "0", _("A line of quantity 0 was left out."), number))
        return None
    subtotal, total = money(item, "subtotal"), money(item, "total")
    return DraftLine(
        name=html.unescape(text(item, "name")),
        quantity=quantity,
        unit_price=stored(subtotal / quantity),
        sku=text(item, "sku"),
        options=_options(item),
        discount=subtotal - total,
        tax=money(item, "total_tax"),
        total=total,
    )


def _options(item: Record) -> tuple[tuple[str, str], ...]:
    return tuple(
        (text(one, "display_key") or text(one, "key"), text(one, "display_value") or text(one, "value"))
        for one in records(item, "meta_data")
        if not text(one, "key").startswith("_") and text(one, "value")
    )


def _kinds(
    order: Record, lines: Sequence[DraftLine], shipping: Address, row: int, number: str, found: list[Finding]
) -> list[DraftLine]:
    """Whether goods are digital is not in the order; nothing to ship and nowhere to ship to is a sign."""
    if lines and not records(order, "shipping_lines") and shipping == Address():
        reason = _("No shipping and no shipping address: these may be digital goods.")
        found.append(warning(row, "shipping_lines", "", reason, number))
    return list(lines)


def _address(address: Record) -> Address:
    return Address(
        name=f"{text(address, 'first_name')} {text(address, 'last_name')}".strip(),
        company=text(address, "company"),
        line1=text(address, "address_1"),
        line2=text(address, "address_2"),
        city=text(address, "city"),
        region=text(address, "state"),
        postal_code=text(address, "postcode"),
        country=text(address, "country").upper(),
        phone=text(address, "phone"),
    )
