"""One order of Shopify's CSV, from its rows: which cells become what, and what of it must add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from services.imports.adding_up import agrees, allocated, known_currency, mismatch, not_negative, tolerance
from services.imports.amounts import amount, is_scientific
from services.imports.countries import country
from services.imports.finding import Finding, Reject, warning
from services.imports.moments import has_offset, has_seconds, is_full, moment
from services.imports.reading import Context
from services.imports.shopify_columns import Columns
from services.imports.shopify_facts import Money, fulfilment, kind_of, payment
from services.language import _
from services.money import ZERO
from services.orders.draft import Address, Draft, DraftLine, DraftNote
from services.orders.payment_methods import key_of

Row = tuple[int, list[str]]

_REMEMBERED = 65_536
_GUARDED = re.compile(r"'[\d+]")


class OrderReader:
    """Reads orders of one file. Holds what is the same for all of them."""

    def __init__(self, columns: Columns, context: Context) -> None:
        self._columns, self._context = columns, context
        self._naive_told = False
        self._sums_read: dict[str, Decimal] = {}  # prices and zeros come again and again
        self._last_values: list[str] = []
        self._last_address = _NOWHERE

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
        method = _method(label, not total)
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
                coupons=tuple(code for part in head[c.discountcode].split(",") if (code := part.strip())),
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

    def _id(self, head: list[str], row: int, found: list[Finding], number: str) -> str:
        text = _unguarded(head[self._columns.id].strip())
        if "E" in text and is_scientific(text):
            found.append(warning(row, "Id", text, _lost_digits(), number))
            return ""
        return text

    def _own_currency(self) -> str:
        own = self._context.currency
        self._context.say(_("The file names no currency: the shop's own, {currency}, was taken.", currency=own))
        return own

    def _money(self, cells: list[str], place: int, column: str) -> Decimal:
        text = cells[place]
        if (known := self._sums_read.get(text)) is not None:
            return known
        if not text:
            if column == "Total":
                raise Reject(column, text, _("“{value}” is no number.", value=text))
            return ZERO
        try:
            value = amount(text, self._columns.style)
        except ValueError as error:
            raise Reject(column, text, _("“{value}” is no number.", value=text)) from error
        if value < 0:
            not_negative(value, column, text)
        if len(self._sums_read) < _REMEMBERED:
            self._sums_read[text] = value
        return value

    def _moment(self, cells: list[str], place: int, column: str, row: int) -> datetime | None:
        text = cells[place].strip()
        if not text:
            return None
        try:
            at = moment(text, self._context.zone, self._columns.order)
        except ValueError as error:
            raise Reject(column, text, _("“{value}” is no date that can be read.", value=text), row) from error
        if is_full(text):
            return at
        if not self._naive_told and not has_offset(text):
            self._naive_told = True
            self._context.say(
                _("Times without an offset were read on the shop's clock, {zone}.", zone=self._context.zone)
            )
        if not self._context.whole_minutes and not has_seconds(text):
            self._context.whole_minutes = True
        return at

    def _lines(
        self, rows: Sequence[Row], currency: str, found: list[Finding], number: str
    ) -> tuple[list[DraftLine], list[str]]:
        """The lines, and beside each the word of its own fulfilment."""
        c = self._columns
        lines: list[DraftLine] = []
        words: list[str] = []
        for at, cells in rows:
            name, many, price = cells[c.lineitemname], cells[c.lineitemquantity], cells[c.lineitemprice]
            if not name and not many and not price:
                continue
            try:
                quantity = amount(many, c.style)
            except ValueError as error:
                raise Reject("Lineitem quantity", many, _("“{value}” is no number.", value=many), at) from error
            try:
                unit_price = amount(price, c.style)
            except ValueError as error:
                raise Reject("Lineitem price", price, _("“{value}” is no number.", value=price), at) from error
            if quantity < 0:
                raise Reject("Lineitem quantity", many, _("“{value}” is negative.", value=many), at)
            if quantity == 0:
                reason = _("A line of quantity 0 was left out.")
                found.append(warning(at, "Lineitem quantity", many, reason, number))
                continue
            sku = cells[c.lineitemsku]
            if c.is_resaved and is_scientific(sku):
                found.append(warning(at, "Lineitem sku", sku, _lost_digits(), number))
                sku = ""
            own = cells[c.lineitemdiscount]
            lines.append(
                DraftLine(
                    name,
                    quantity,
                    unit_price,
                    sku,
                    kind=kind_of(cells[c.lineitemrequiresshipping], name, sku),
                    discount=self._money(cells, c.lineitemdiscount, "Lineitem discount") if own else ZERO,
                )
            )
            words.append(cells[c.lineitemfulfillmentstatus])
        return lines, words

    def _sums(
        self,
        head: list[str],
        lines: list[DraftLine],
        currency: str,
        total: Decimal,
        row: int,
        found: list[Finding],
        number: str,
    ) -> Sums:
        c = self._columns
        gross = sum([line.quantity * line.unit_price for line in lines], ZERO)
        on_lines = sum([line.discount for line in lines], ZERO)
        code = self._money(head, c.discountamount, "Discount Amount")
        after = self._money(head, c.subtotal, "Subtotal") if head[c.subtotal] else gross - code
        shipping = self._money(head, c.shipping, "Shipping")
        tax = self._money(head, c.taxes, "Taxes")
        duties = self._money(head, c.duties, "Duties")
        room = tolerance(currency, len(lines))
        if not any(abs(gross - less - after) <= room for less in (code, ZERO, on_lines, code + on_lines)):
            identity = "Subtotal = Σ(Lineitem price × quantity) − Discount Amount"
            found.append(mismatch(row, number, identity, after, gross - code, currency))
        if c.tax_values:
            parts = sum([self._money(head, place, "Tax Value") for place in c.tax_values if head[place]], ZERO)
            if parts and not agrees(parts, tax, currency, len(lines)):
                found.append(mismatch(row, number, "Taxes = Σ Tax n Value", tax, parts, currency))
        included = False
        net, gross_total = after + shipping + tax + duties, after + shipping + duties
        if abs(total - net) > room:
            if tax and abs(total - gross_total) <= room:
                included = True
            else:
                identity = "Total = Subtotal + Shipping + Taxes + Duties"
                found.append(mismatch(row, number, identity, total, net, currency))
        discount = gross - after
        if discount < 0:
            return Sums(after, ZERO, shipping, duties, tax, included, None)
        shares = None
        if discount > 0 and not on_lines:
            shares = allocated(discount, [line.quantity * line.unit_price for line in lines], currency)
        return Sums(gross, discount, shipping, duties, tax, included, shares)

    def _address(self, head: list[str], kind: str, row: int, found: list[Finding], number: str) -> Address:
        places = self._columns.addresses[kind]
        values = [head[place] for place in places]
        if not any(values):
            return _NOWHERE
        if values == self._last_values:
            return self._last_address
        name, company, line1, line2, city, region, code, land, phone, street = values
        if code.startswith("'"):
            code = code[1:]
        address = Address(
            name, company, line1 or (street if not line2 else ""), line2, city, region, code,
            country(land) if land else "", self._phone(phone, row, found, number),
        )  # fmt: skip
        # most orders are sent where they are billed
        self._last_values, self._last_address = values, address
        return address

    def _phone(self, text: str, row: int, found: list[Finding], number: str) -> str:
        if not text:
            return ""
        phone = _unguarded(text)
        if ("E" in phone or "e" in phone) and is_scientific(phone):
            found.append(warning(row, "Phone", text, _lost_digits(), number))
            return ""
        return phone

    def _tags(self, head: list[str], method: str) -> tuple[str, ...]:
        c = self._columns
        tags = [tag for part in head[c.tags].split(",") if (tag := part.strip())]
        if (risk := head[c.risklevel].strip().lower()) in ("medium", "high"):
            tags.append(f"risk: {risk}")
        if (channel := head[c.source].strip()) not in ("", "web"):
            tags.append(f"source: {channel}")
        if method == "test":
            tags.append("test")
        return tuple(dict.fromkeys(tags))

    def _notes(self, head: list[str], placed: datetime) -> tuple[DraftNote, ...]:
        c = self._columns
        if not (terms := head[c.paymenttermsname].strip()):
            return ()
        due = head[c.nextpaymentdueat].strip()
        text = _("Payment terms: {terms}", terms=terms) + (f", {due}" if due else "")
        return (DraftNote(text, placed, "Shopify", "payment_terms"),)


class Sums:
    """The order's money. `shares` are the lines' parts of its discount where the file gives none."""

    __slots__ = ("discount", "duties", "shares", "shipping", "subtotal", "tax", "tax_included")

    def __init__(
        self,
        subtotal: Decimal,
        discount: Decimal,
        shipping: Decimal,
        duties: Decimal,
        tax: Decimal,
        tax_included: bool,
        shares: list[Decimal] | None,
    ) -> None:
        self.subtotal, self.discount, self.shipping, self.duties = subtotal, discount, shipping, duties
        self.tax, self.tax_included, self.shares = tax, tax_included, shares


_NOWHERE = Address()


@lru_cache(maxsize=1024)
def _method(label: str, is_free: bool) -> str:
    return key_of("", label, ZERO if is_free else Decimal(1))


def _unguarded(text: str) -> str:
    """Without the one apostrophe that guards digits from a spreadsheet."""
    return text[1:] if _GUARDED.match(text) else text


def _lost_digits() -> str:
    return _("A spreadsheet has shortened this number, its digits are lost: the value was left out.")
