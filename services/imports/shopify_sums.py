"""Lines and sums of one order of Shopify's CSV: what they are, and what of them must add up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from services.imports.adding_up import agrees, allocated, mismatch, tolerance
from services.imports.amounts import amount, is_scientific
from services.imports.finding import Finding, Reject, warning
from services.imports.shopify_cells import OrderCells, Row, lost_digits
from services.imports.shopify_facts import kind_of
from services.language import _
from services.money import ZERO
from services.orders.draft import DraftLine


class OrderSums(OrderCells):
    """Reads the lines and the money of orders of one file."""

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
                found.append(warning(at, "Lineitem sku", sku, lost_digits(), number))
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
