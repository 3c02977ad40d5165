"""One order of a table, from its rows by the mapping."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.imports.adding_up import agrees, known_currency, mismatch
from services.imports.amounts import NumberStyle, exact, is_empty
from services.imports.countries import country
from services.imports.finding import Finding, Reject, warning
from services.imports.headers import PER_LINE, Field
from services.imports.mapping import Answer, Mapping
from services.imports.moments import DateOrder, moment
from services.imports.neighbours import Row
from services.imports.reading import Context
from services.imports.words import known_words
from services.language import _
from services.money import STORED, ZERO, rounded
from services.orders.draft import Address, Draft, DraftLine, DraftPayment, DraftShipment
from services.orders.payment_methods import key_of
from services.orders.statuses import FulfilmentStatus, PaymentKind, PaymentStatus

_ADDRESS = ("name", "company", "line1", "line2", "city", "region", "postal_code", "country")
_ONCE = (Field.PLACED_AT, Field.EMAIL, Field.NAME, Field.CURRENCY, Field.STATUS)
_CENT = Decimal("0.01")


class TableOrders:
    """Reads orders by one mapping. `rounded_rows` are those whose amounts had more than three decimals."""

    def __init__(self, header: Sequence[str], mapping: Mapping, context: Context) -> None:
        self._mapping, self._context = mapping, context
        self._at = {Field(name): header.index(column) for name, column in mapping.fields.items() if column in header}
        self._header = list(header)
        self.key = [header.index(column) for column in mapping.key if column in header]
        self._style = NumberStyle(mapping.answer(Answer.NUMBER_STYLE) or NumberStyle.DOT)
        order = mapping.answer(Answer.DATE_ORDER)
        self._order = DateOrder(order) if order else None
        self._zone = mapping.answer(Answer.ZONE) or context.zone
        self._is_cents = mapping.answer(Answer.AMOUNTS_IN) == "cents"
        self._has_lines = any(name in self._at for name in PER_LINE)
        self.rounded_rows: set[int] = set()
        self._said: set[str] = set()
        context.unknown |= self._unknown()

    def order(self, rows: Sequence[Row]) -> tuple[Draft, list[Finding]]:
        """The order of some rows. Raises `Reject`."""
        first = rows[0][0]
        found: list[Finding] = []
        number = self._text(rows, Field.NUMBER)
        self._check_equal(rows, number, found)
        placed = self._moment(rows, Field.PLACED_AT)
        if placed is None:
            raise Reject(self._named(Field.PLACED_AT), "", _("The date is missing."), first)
        code = self._text(rows, Field.CURRENCY) or self._mapping.answer(Answer.CURRENCY) or self._context.currency
        currency = known_currency(code, self._named(Field.CURRENCY))
        payments = self._payments(rows, placed)
        lines = self._lines(rows, found, number)
        sums = self._sums(rows, lines, payments)
        lines = sums["lines"] if isinstance(sums["lines"], list) else lines
        money: dict[str, Any] = {name: value for name, value in sums.items() if isinstance(value, Decimal)}
        tax_included = self._mapping.answer(Answer.TAX_INCLUDED) == "yes"
        self._check_sums(money, lines, tax_included, currency, first, number, found)
        total = money["total"]
        label = self._text(rows, Field.PAYMENT_METHOD) or " + ".join(
            dict.fromkeys(one.method for one in payments if one.method)
        )
        method = key_of("", label, total)
        status, goods, tags = self._statuses(rows, payments, total, first, number, found)
        if not payments and total and status in _PAID:
            payments = (DraftPayment(PaymentKind.CHARGE, total, placed, method, key=f"{number}:charge:1"),)
            if status is PaymentStatus.REFUNDED:
                payments += (DraftPayment(PaymentKind.REFUND, total, None, method, key=f"{number}:refund:1"),)
        else:
            payments = tuple(
                replace(one, method=key_of("", one.method, one.amount) if one.method else method) for one in payments
            )
        lines, shipments = self._shipped(rows, lines, goods, number)
        name = self._text(rows, Field.NAME) or " ".join(
            part for part in (self._text(rows, Field.FIRST_NAME), self._text(rows, Field.LAST_NAME)) if part
        )
        shipping, billing = self._address(rows, "shipping"), self._address(rows, "billing")
        labels = [tag for part in self._text(rows, Field.TAGS).split(",") if (tag := part.strip())]
        return (
            Draft(
                source=self._context.source,
                source_id="/".join(rows[0][1][place] for place in self.key) or number,
                number=number,
                placed_at=placed,
                currency=currency,
                lines=tuple(lines),
                **money,
                tax_included=tax_included,
                payment_status=status,
                fulfilment_status=goods,
                payment_method=method,
                payment_method_label=label,
                email=self._text(rows, Field.EMAIL),
                name=name or billing.name or shipping.name,
                phone=self._text(rows, Field.PHONE),
                customer_comment=self._text(rows, Field.COMMENT),
                tags=tuple(dict.fromkeys([*labels, *tags])),
                coupons=tuple(c for part in self._text(rows, Field.COUPON).split(",") if (c := part.strip())),
                shipping_method=self._text(rows, Field.SHIPPING_METHOD),
                shipping_address=shipping,
                billing_address=billing,
                payments=payments,
                shipments=shipments,
                source_status=(("status", self._text(rows, Field.STATUS)),),
            ),
            found,
        )

    def _named(self, name: Field) -> str:
        return self._mapping.column(name) or name

    def _cell(self, cells: Sequence[str], name: Field) -> str:
        place = self._at.get(name, -1)
        text = cells[place] if place >= 0 else ""
        return "" if text in ("NULL", "null") else text

    def _text(self, rows: Sequence[Row], name: Field) -> str:
        """An order's value: the first that is not blank."""
        return next((text for _row, cells in rows if (text := self._cell(cells, name).strip())), "")

    def _number(self, cells: Sequence[str], name: Field, row: int) -> Decimal | None:
        text = self._cell(cells, name)
        if is_empty(text):
            return None
        try:
            value = exact(text, self._style)
        except ValueError as error:
            raise Reject(self._named(name), text, _("“{value}” is no number.", value=text), row) from error
        if value < 0 and name in (Field.QUANTITY, Field.TOTAL):
            raise Reject(self._named(name), text, _("“{value}” is negative.", value=text), row)
        return value * _CENT if self._is_cents and name is not Field.QUANTITY else value

    def _three(self, value: Decimal, row: int | None = None) -> Decimal:
        short = value.quantize(STORED, ROUND_HALF_UP)
        if row is not None and short != value:
            self.rounded_rows.add(row)
        return short

    def _first_number(self, rows: Sequence[Row], name: Field) -> Decimal | None:
        return next((v for row, cells in rows if (v := self._number(cells, name, row)) is not None), None)

    def _moment(self, rows: Sequence[Row], name: Field) -> datetime | None:
        text = self._text(rows, name)
        if is_empty(text):
            return None
        try:
            return moment(text, self._zone, self._order)
        except ValueError as error:
            raise Reject(self._named(name), text, _("“{value}” is no date that can be read.", value=text)) from error

    def _check_equal(self, rows: Sequence[Row], number: str, found: list[Finding]) -> None:
        for name in _ONCE:
            if name in self._at and len(rows) > 1:
                values = {text for _row, cells in rows if (text := self._cell(cells, name))}
                if len(values) > 1:
                    reason = _("Two different values for one order: the first counts.")
                    found.append(warning(rows[-1][0], self._named(name), sorted(values)[-1], reason, number))

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
        return value * _CENT if self._is_cents else value

    def _statuses(
        self, rows: Sequence[Row], payments: tuple[DraftPayment, ...], total: Decimal, row: int, number: str,
        found: list[Finding],
    ) -> tuple[PaymentStatus, FulfilmentStatus, list[str]]:  # fmt: skip
        status: PaymentStatus | None = None
        goods: FulfilmentStatus | None = None
        tags = []
        for name in (Field.STATUS, Field.PAYMENT_STATUS):
            if word := self._text(rows, name):
                known = known_words(word, self._mapping.status_words)
                if known is None:
                    reason = _("Unknown status word: the cautious one was taken.")
                    found.append(warning(row, self._named(name), word, reason, number))
                    continue
                status, goods = known[0] or status, known[1] or goods
                if word.replace("_", " ").lower() == "return pending":
                    tags.append("return pending")
        paid = sum((one.amount for one in payments if one.kind.is_received), ZERO)
        has_told = Field.PAYMENTS in self._at
        if has_told and (status is None or status is PaymentStatus.AWAITING_PAYMENT):
            status = PaymentStatus.PAID if paid >= total else PaymentStatus.PARTIALLY_PAID if paid else None
        if goods is None and self._moment(rows, Field.SHIPPED_AT):
            goods = FulfilmentStatus.SHIPPED
        default = self._mapping.answer(Answer.PAYMENT_STATUS) or PaymentStatus.AWAITING_PAYMENT
        return (
            status or PaymentStatus(default),
            goods or FulfilmentStatus(
                self._mapping.answer(Answer.FULFILMENT_STATUS) or FulfilmentStatus.AWAITING_PROCESSING
            ),
            tags,
        )  # fmt: skip

    def _shipped(
        self, rows: Sequence[Row], lines: list[DraftLine], goods: FulfilmentStatus, number: str
    ) -> tuple[list[DraftLine], tuple[DraftShipment, ...]]:
        if not goods.has_left:
            return lines, ()
        back = goods is FulfilmentStatus.RETURNED
        parcel = DraftShipment(
            tuple((index, line.quantity, line.quantity if back else ZERO) for index, line in enumerate(lines)),
            self._moment(rows, Field.SHIPPED_AT),
            tracking_number=self._text(rows, Field.TRACKING),
            key=f"{number}:parcel:1",
        )
        lines = [replace(line, shipped=line.quantity, returned=line.quantity if back else ZERO) for line in lines]
        return lines, (parcel,)

    def _address(self, rows: Sequence[Row], kind: str) -> Address:
        values = {name: self._text(rows, Field(f"{kind}_{name}")) for name in _ADDRESS}
        values["country"] = country(values["country"]) if values["country"] else ""
        code = values["postal_code"]
        if code.endswith(".0") and code[:-2].isdigit():
            values["postal_code"] = code[:-2]
            self._say_once("zero", _("Postal codes such as {code} were read without “.0”.", code=code))
        elif len(code) == 4 and code.isdigit() and values["country"] == "US":
            self._say_once(
                "digits", _("A postal code of four digits in the US has probably lost a zero: {code}.", code=code)
            )
        return Address(**values)

    def _say_once(self, about: str, reason: str) -> None:
        if about not in self._said:
            self._said.add(about)
            self._context.say(reason)

    def _unknown(self) -> set[str]:
        """What the table cannot tell, so that what is known of it is kept."""
        single = {
            Field.EMAIL: "email", Field.PHONE: "phone", Field.COMMENT: "customer_comment", Field.COUPON: "coupons",
            Field.SHIPPING_METHOD: "shipping_method", Field.PAYMENT_METHOD: "payment_method", Field.TAGS: "tags",
        }  # fmt: skip
        unknown = {column for name, column in single.items() if name not in self._at}
        unknown |= {
            f"{kind}_{name}" for kind in ("shipping", "billing") for name in _ADDRESS
            if Field(f"{kind}_{name}") not in self._at
        }  # fmt: skip
        if not self._has_lines and Field.PAYMENTS not in self._at:
            unknown.add("order_lines")
            if not {Field.TOTAL, Field.SUBTOTAL} & set(self._at):
                unknown |= {"subtotal", "discount", "total"}
                self._context.say(_("No column gives the orders' total: it is what the others add up to."))
        return unknown - ({"payment_method"} if Field.PAYMENTS in self._at else set())


_PAID = (PaymentStatus.PAID, PaymentStatus.REFUNDED, PaymentStatus.PARTIALLY_REFUNDED)
