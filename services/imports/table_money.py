"""The money of a table's orders: lines, payments, and what they add up to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from services.imports.adding_up import agrees, mismatch
from services.imports.amounts import exact
from services.imports.finding import Finding, Reject, warning
from services.imports.headers import Field
from services.imports.mapping import Answer
from services.imports.moments import moment
from services.imports.neighbours import Row
from services.imports.table_cells import CENT, TableCells
from services.language import _
from services.money import ZERO, rounded
from services.orders.draft import DraftLine, DraftPayment
from services.orders.statuses import PaymentKind


class TableMoney(TableCells):
    """Reads the money of orders, by the same mapping."""

    def _lines(self, rows: Sequence[Row], found: list[Finding], number: str) -> list[DraftLine]:
        if not self._has_lines:
            return []
        lines = []
        for row, cells in rows:
            name, sku = self._cell(cells, Field.PRODUCT), self._cell(cells, Field.SKU)
            quantity = self._number(cells, Field.QUANTITY, row)
            quantity = Decimal(1) if quantity is None else quantity
            price = self._number(cells, Field.UNIT_PRICE, row)
            total = self._number(cells, Field.LINE_TOTAL, row)
            if total is None and self._mapping.answer(Answer.TOTAL_IS) == "line":
                total = self._number(cells, Field.TOTAL, row)
            if not name and not sku and price is None and total is None:
                continue
            if not quantity:
                found.append(
                    warning(row, self._named(Field.QUANTITY), "0", _("A line of quantity 0 was left out."), number)
                )
                continue
            lines.append(
                self._line(row, name or sku or _("Item"), sku, quantity, price, total, self._discount(cells, row))
            )
        return lines

    def _discount(self, cells: Sequence[str], row: int) -> tuple[Decimal, Decimal]:
        """A line's discount as (share, amount)."""
        value = self._number(cells, Field.DISCOUNT, row) or ZERO
        match self._mapping.answer(Answer.DISCOUNT_IS, "amount"):
            case "share":
                return value, ZERO
            case "percent":
                return value / 100, ZERO
        return ZERO, value

    def _line(
        self, row: int,
        name: str, sku: str, quantity: Decimal, price: Decimal | None, total: Decimal | None,
        discount: tuple[Decimal, Decimal],
    ) -> DraftLine:  # fmt: skip
        """A line from what is told of it: the rest follows."""
        share, amount = discount
        if price is None:
            base = (total or ZERO) + amount if share in (0, 1) else (total or ZERO) / (1 - share)
            price = self._three(base / quantity)
        price = self._three(price)
        gross = quantity * price
        if total is None:
            total = gross * (1 - share) - amount
            total = self._three(total)
        else:
            total = self._three(total, row)
        return DraftLine(name, quantity, price, sku, discount=gross - total, total=total)

    def _sums(
        self, rows: Sequence[Row], lines: list[DraftLine], payments: tuple[DraftPayment, ...]
    ) -> dict[str, Decimal | list[DraftLine]]:
        def once(name: Field) -> Decimal:
            return self._three(self._first_number(rows, name) or ZERO)

        if self._mapping.answer(Answer.SHIPPING_IS) == "line":
            fees = [self._number(cells, Field.SHIPPING_FEE, row) or ZERO for row, cells in rows]
            shipping = self._three(sum(fees, ZERO))
        else:
            shipping = once(Field.SHIPPING_FEE)
        said = None if self._mapping.answer(Answer.TOTAL_IS) == "line" else self._first_number(rows, Field.TOTAL)
        tax, handling = once(Field.TAX), once(Field.HANDLING_FEE)
        added = ZERO if self._mapping.answer(Answer.TAX_INCLUDED) == "yes" else tax
        discount = sum((line.discount for line in lines), ZERO)
        if lines:
            subtotal = sum((line.quantity * line.unit_price for line in lines), ZERO)
        else:
            discount = once(Field.DISCOUNT) + self._coupons(rows)
            paid = sum((one.amount for one in payments if one.kind.is_received), ZERO)
            if said is None and Field.PAYMENTS in self._at:
                said = paid
            told = self._first_number(rows, Field.SUBTOTAL)
            subtotal = self._three(
                told if told is not None else (said or ZERO) + discount - shipping - handling - added
            )
            lines = [DraftLine(_("Order total"), Decimal(1), subtotal, discount=discount, total=subtotal - discount)]
        total = said if said is not None else subtotal - discount + shipping + handling + added
        return {
            "subtotal": subtotal, "discount": discount, "shipping_fee": shipping, "handling_fee": handling, "tax": tax,
            "total": self._three(total), "lines": lines,
        }  # fmt: skip

    def _check_sums(
        self, money: dict[str, Decimal], lines: Sequence[DraftLine], tax_included: bool, currency: str, row: int,
        number: str, found: list[Finding],
    ) -> None:  # fmt: skip
        parts = money["subtotal"] - money["discount"] + money["shipping_fee"] + money["handling_fee"]
        parts += ZERO if tax_included else money["tax"]
        if not agrees(money["total"], parts, currency, len(lines)):
            identity = "total = subtotal − discount + shipping_fee + handling_fee + tax"
            found.append(mismatch(row, number, identity, money["total"], rounded(parts, currency), currency))

    def _told_payments(self, rows: Sequence[Row]) -> list[list[str]]:
        text = self._text(rows, Field.PAYMENTS)
        return json.loads(text) if text else []

    def _payments(self, rows: Sequence[Row], placed: datetime) -> tuple[DraftPayment, ...]:
        """Payments of a table beside the orders. A coupon is a discount, no money."""
        found = []
        for place, (method, text, at) in enumerate(self._told_payments(rows), start=1):
            if method != "coupon":
                found.append(
                    DraftPayment(
                        PaymentKind.GIFT_CARD if "gift" in method else PaymentKind.CHARGE,
                        self._three(self._payment(text)),
                        moment(at, self._zone, self._order) if at else placed,
                        method,
                        key=f"payment:{place}",
                    )
                )
        return tuple(found)

    def _coupons(self, rows: Sequence[Row]) -> Decimal:
        told = [self._payment(text) for method, text, _at in self._told_payments(rows) if method == "coupon"]
        return self._three(sum(told, ZERO))

    def _payment(self, text: str) -> Decimal:
        try:
            value = exact(text, self._style)
        except ValueError as error:
            raise Reject(self._named(Field.PAYMENTS), text, _("“{value}” is no number.", value=text)) from error
        return value * CENT if self._is_cents else value
