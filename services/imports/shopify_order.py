"""One order of Shopify's CSV, from its rows: which cells become what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from services.imports.adding_up import known_currency
from services.imports.finding import Finding, Reject, warning
from services.imports.shopify_cells import Row
from services.imports.shopify_facts import Money, fulfilment, payment
from services.imports.shopify_sums import OrderSums
from services.language import _
from services.money import ZERO
from services.orders.draft import Draft, DraftNote
from services.orders.payment_methods import key_of

__all__ = ["OrderReader", "Row"]


class OrderReader(OrderSums):
    """Reads orders of one file."""

    def order(self, rows: Sequence[Row]) -> tuple[Draft, list[Finding]]:
        """The order of one head row and its further lines. Raises `Reject` with the cell that keeps it out."""
        c = self._columns
        row, head = rows[0]
        number = head[c.name].strip()
        found: list[Finding] = []
        if len(rows) > 1:
            head = self._one_head(rows, found, number)
        source_id = self._id(head, row, found, number) or number
        placed = self._moment(head, c.createdat, "Created at", row)
        if placed is None:
            raise Reject("Created at", "", _("The date is missing."), row)
        currency = known_currency(head[c.currency], "Currency") if head[c.currency] else self._own_currency()
        total = self._money(head, c.total, "Total")
        lines, lines_physical = self._lines(rows, currency, found, number)
        sums = self._sums(head, lines, currency, total, row, found, number)
        label = head[c.paymentmethod].strip()
        reference = head[c.paymentreferences] or head[c.paymentreference] or head[c.paymentid]
        method = method_of(label, not total)
        cancelled = self._moment(head, c.cancelledat, "Cancelled at", row)
        money = Money(
            total, method, label, reference, source_id, cancelled,
            self._moment(head, c.paidat, "Paid at", row),
            self._money(head, c.refundedamount, "Refunded Amount"),
            self._money(head, c.outstandingbalance, "Outstanding Balance") if head[c.outstandingbalance] else None,
        )  # fmt: skip
        word = head[c.financialstatus]
        paid = payment(word, money, row, number, found)
        goods = fulfilment(
            head[c.fulfillmentstatus], cancelled, self._moment(head, c.fulfilledat, "Fulfilled at", row),
            lines, lines_physical, source_id, row, number, found,
        )  # fmt: skip
        lines = goods.lines
        if sums.shares:
            lines = [replace(line, discount=share) for line, share in zip(lines, sums.shares, strict=True)]
        shipping = self._address(head, "shipping", row, found, number)
        billing = self._address(head, "billing", row, found, number)
        phone = self._phone(head[c.phone], row, found, number) or shipping.phone or billing.phone
        status = {"payment": word, "fulfilment": head[c.fulfillmentstatus], "cancelled_at": head[c.cancelledat]}
        if sums.shares:
            status["line_discounts"] = "allocated"
        return (
            Draft(
                source=self._context.source,
                source_id=source_id,
                number=number,
                placed_at=placed,
                currency=currency,
                lines=tuple(lines),
                subtotal=sums.subtotal,
                total=total,
                discount=sums.discount,
                shipping_fee=sums.shipping,
                handling_fee=sums.duties,
                tax=sums.tax,
                tax_included=sums.tax_included,
                payment_status=paid.status,
                fulfilment_status=goods.status,
                payment_method=method,
                payment_method_label=label,
                payment_message=paid.message,
                transaction_id=reference,
                email=head[c.email].strip(),
                name=billing.name or shipping.name,
                phone=phone,
                customer_comment=head[c.notes],
                tags=self._tags(head, method),
                coupons=codes_of(head[c.discountcode]),
                shipping_method=head[c.shippingmethod],
                shipping_address=shipping,
                billing_address=billing,
                payments=paid.rows,
                shipments=goods.shipments,
                notes=self._notes(head, placed),
                source_status=tuple(status.items()),
            ),
            found,
        )

    def _one_head(self, rows: Sequence[Row], found: list[Finding], number: str) -> list[str]:
        """The order's values: the first that is not blank. Warns of two that differ."""
        c = self._columns
        head = rows[0][1]
        filled: list[str] | None = None
        for at, cells in rows[1:]:
            for place in c.once:
                if (value := cells[place]) and value != head[place]:
                    if not (filled or head)[place]:
                        filled = filled or list(head)
                        filled[place] = value
                    elif value != (filled or head)[place]:
                        reason = _("Two different values for one order: the first counts.")
                        found.append(warning(at, c.header[place], value, reason, number))
        return filled or head

    def _tags(self, head: list[str], method: str) -> tuple[str, ...]:
        c = self._columns
        return tags_of(head[c.tags], head[c.risklevel], head[c.source], method == "test")

    def _notes(self, head: list[str], placed: datetime) -> tuple[DraftNote, ...]:
        c = self._columns
        if not (terms := head[c.paymenttermsname].strip()):
            return ()
        due = head[c.nextpaymentdueat].strip()
        text = _("Payment terms: {terms}", terms=terms) + (f", {due}" if due else "")
        return (DraftNote(text, placed, "Shopify", "payment_terms"),)


@lru_cache(maxsize=1024)
def method_of(label: str, is_free: bool) -> str:
    """The key of the payment method that a label means, for an order that costs something or nothing."""
    return key_of("", label, ZERO if is_free else Decimal(1))


def tags_of(tags: str, risk: str, source: str, is_test: bool) -> tuple[str, ...]:
    """An order's tags: its own, and what else the file says of its risk and of where it came from."""
    found = [tag for part in tags.split(",") if (tag := part.strip())]
    if (level := risk.strip().lower()) in ("medium", "high"):
        found.append(f"risk: {level}")
    if (channel := source.strip()) not in ("", "web"):
        found.append(f"source: {channel}")
    if is_test:
        found.append("test")
    return tuple(dict.fromkeys(found))


def codes_of(text: str) -> tuple[str, ...]:
    """Discount codes, which stand behind each other with commas between."""
    return tuple(code for part in text.split(",") if (code := part.strip()))
