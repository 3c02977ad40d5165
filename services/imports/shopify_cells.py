"""What the cells of Shopify's CSV say: ids, amounts, moments, phones, addresses."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from services.imports.adding_up import not_negative
from services.imports.amounts import amount, is_scientific
from services.imports.countries import country
from services.imports.finding import Finding, Reject, warning
from services.imports.moments import has_offset, has_seconds, is_full, moment
from services.imports.reading import Context
from services.imports.shopify_columns import Columns
from services.language import _
from services.money import ZERO
from services.orders.draft import Address

Row = tuple[int, list[str]]

_REMEMBERED = 65_536
_GUARDED = re.compile(r"'[\d+]")
_NOWHERE = Address()


class OrderCells:
    """Reads cells of one file. Holds what is the same for all of its orders."""

    def __init__(self, columns: Columns, context: Context) -> None:
        self._columns, self._context = columns, context
        self._naive_told = False
        self._sums_read: dict[str, Decimal] = {}  # prices and zeros come again and again
        self._last_values: list[str] = []
        self._last_address = _NOWHERE

    def _id(self, head: list[str], row: int, found: list[Finding], number: str) -> str:
        text = _unguarded(head[self._columns.id].strip())
        if "E" in text and is_scientific(text):
            found.append(warning(row, "Id", text, lost_digits(), number))
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
            found.append(warning(row, "Phone", text, lost_digits(), number))
            return ""
        return phone


def _unguarded(text: str) -> str:
    """Without the one apostrophe that guards digits from a spreadsheet."""
    return text[1:] if _GUARDED.match(text) else text


def lost_digits() -> str:
    """Why a number that was written as 6.86615E+12 is left out."""
    return _("A spreadsheet has shortened this number, its digits are lost: the value was left out.")
