"""One order of a table, from its rows by the mapping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from services.imports.adding_up import known_currency
from services.imports.finding import Finding, Reject, warning
from services.imports.headers import Field
from services.imports.mapping import Answer
from services.imports.neighbours import Row
from services.imports.table_money import TableMoney
from services.imports.words import known_words
from services.language import _
from services.money import ZERO
from services.orders.draft import Draft, DraftLine, DraftPayment, DraftShipment
from services.orders.payment_methods import key_of
from services.orders.statuses import FulfilmentStatus, PaymentKind, PaymentStatus

_ONCE = (Field.PLACED_AT, Field.EMAIL, Field.NAME, Field.CURRENCY, Field.STATUS)
_PAID = (PaymentStatus.PAID, PaymentStatus.REFUNDED, PaymentStatus.PARTIALLY_REFUNDED)


class TableOrders(TableMoney):
    """Reads orders by one mapping."""

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

    def _check_equal(self, rows: Sequence[Row], number: str, found: list[Finding]) -> None:
        for name in _ONCE:
            if name in self._at and len(rows) > 1:
                values = {text for _row, cells in rows if (text := self._cell(cells, name))}
                if len(values) > 1:
                    reason = _("Two different values for one order: the first counts.")
                    found.append(warning(rows[-1][0], self._named(name), sorted(values)[-1], reason, number))

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
