"""What the cells of a table say by its mapping: texts, numbers, moments, addresses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from services.imports.amounts import NumberStyle, exact, is_empty
from services.imports.countries import country
from services.imports.finding import Reject
from services.imports.headers import PER_LINE, Field
from services.imports.mapping import Answer, Mapping
from services.imports.moments import DateOrder, moment
from services.imports.neighbours import Row
from services.imports.reading import Context
from services.language import _
from services.money import STORED
from services.orders.draft import Address

CENT = Decimal("0.01")
_ADDRESS = ("name", "company", "line1", "line2", "city", "region", "postal_code", "country")


class TableCells:
    """Reads cells by one mapping. `rounded_rows` are those whose amounts had more than three decimals."""

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
        return value * CENT if self._is_cents and name is not Field.QUANTITY else value

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
