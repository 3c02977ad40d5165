"""Our own export read back: rows of lines, rows of orders, or whole orders as JSON. The same orders come out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from services.exports.columns import unguarded
from services.imports import documents
from services.imports.adding_up import known_currency
from services.imports.amounts import NumberStyle, amount, style_of
from services.imports.fields import part, records, text
from services.imports.finding import Finding, Reject, warning
from services.imports.grids import Grid, grid_of
from services.imports.moments import moment
from services.imports.neighbours import Row, grouped
from services.imports.reading import Again, Context, Read, Refused, Taken, refused
from services.imports.recognition import Recognised, Shape
from services.imports.spreading import Spread
from services.language import _
from services.money import ZERO
from services.orders.draft import Address, Draft, DraftLine, DraftNote, DraftPayment, DraftShipment
from services.orders.statuses import FulfilmentStatus, Kind, PaymentKind, PaymentStatus

_ADDRESS = tuple(Address.__dataclass_fields__)
_FACTS = ("payments", "shipments", "notes")
_TEXTS = (
    "payment_method_label", "payment_message", "transaction_id", "email", "name", "phone", "language",
    "customer_comment", "shipping_method",
)  # fmt: skip
_SUMS = ("subtotal", "discount", "shipping_fee", "handling_fee", "tax", "total")

# columns of the file -> what a file without them cannot tell
_TELLS = {
    **{name: name for name in (*_TEXTS, *_SUMS, "tags", "coupons", "is_pickup", "tax_included", "payment_method")},
    **{f"{kind}_{name}": f"{kind}_{name}" for kind in ("shipping", "billing") for name in _ADDRESS},
}


class ComptoirFiles:
    """The reader of one run's files."""

    def __init__(self, files: Sequence[Recognised], spread: Spread) -> None:
        self._files, self._spread = files, spread

    def __call__(self, context: Context) -> Iterator[Read]:
        # what was done here since stays: the file tells facts without saying which of them were made here
        context.unknown |= {"payments", "shipments", "order_notes", "is_muted"}
        for one in self._files:
            if one.shape in (Shape.JSON, Shape.LINES) and _is_whole(one):
                yield from _whole(one, context)
            else:
                yield from self._flat(grid_of(one, is_laid_out=False), context)

    def _flat(self, grid: Grid, context: Context) -> Iterator[Read]:
        reader = _FlatReader(grid, context)
        for group in grouped(reader.turn, self._spread):
            if group.is_again:
                yield Again(group.key)
            yield reader.order(group.rows)


def _is_whole(one: Recognised) -> bool:
    first: Any = next((value for value, _text in documents.items(one.file, one.keys)), {})
    return isinstance(first, dict) and "line_name" not in first and isinstance(first.get("lines"), list)


def _whole(one: Recognised, context: Context) -> Iterator[Read]:
    for place, (value, raw) in enumerate(documents.items(one.file, one.keys), start=1):
        context.rows += 1
        record = value if isinstance(value, dict) else {}
        try:
            found: list[Finding] = []
            yield Taken(_draft(record, context, place, found), place, raw, tuple(found))
        except Reject as error:
            yield refused(error, place, text(record, "number"), raw)


class _FlatReader:
    """Orders from flat rows."""

    def __init__(self, grid: Grid, context: Context) -> None:
        self._grid, self._context = grid, context
        self._names = [name.strip().lower() for name in grid.header]
        self._is_csv = grid.source.shape is Shape.DELIMITED
        self._has_lines = "line_name" in self._names
        context.unknown |= {tells for name, tells in _TELLS.items() if name not in self._names}
        self._style = NumberStyle.DOT
        if self._is_csv and grid.source.layout and grid.source.layout.delimiter != ",":
            totals = [dict(zip(self._names, cells, strict=False)).get("total", "") for cells in grid.sample(500)]
            self._style = style_of(totals) or NumberStyle.COMMA
        if not self._has_lines:
            context.unknown.add("order_lines")
            context.say(_("The file has orders without their lines: what was known of the lines is kept."))
        self._is_first_turn = True

    def turn(self) -> Iterator[tuple[str, Row]]:
        """Each row with its order's key."""
        number, source, own = (self._at(name) for name in ("number", "source", "source_id"))
        for row, cells in self._grid.rows():
            if self._is_first_turn:
                self._context.rows += 1
                self._context.bytes_read = self._grid.ending.characters
            key = "\x1f".join(cells[place] if place >= 0 else "" for place in (source, own, number))
            yield key, (row, cells)
        self._is_first_turn = False

    def _at(self, name: str) -> int:
        return self._names.index(name) if name in self._names else -1

    def order(self, rows: list[Row]) -> Taken | Refused:
        """The order of some rows."""
        first = rows[0][0]
        flat = [self._record(cells) for _row, cells in rows]
        raw_rows = json.dumps([cells for _row, cells in rows], ensure_ascii=False)
        number = flat[0].get("number", "")
        try:
            if self._grid.ending.cut_row in [row for row, _cells in rows]:
                raise Reject("", "", _("The file breaks off inside this row."), self._grid.ending.cut_row)
            record: dict[str, Any] = dict(flat[0])
            for name in _FACTS:
                written = next((one[name] for one in flat if one.get(name)), "[]")
                record[name] = _json(written, name)
            record["lines"] = [self._line(one) for one in flat if one.get("line_name") or one.get("line_quantity")]
            for kind in ("shipping", "billing"):
                record[f"{kind}_address"] = {name: record.get(f"{kind}_{name}", "") for name in _ADDRESS}
            found: list[Finding] = []
            draft = _draft(record, self._context, first, found, self._style, has_facts="payments" in self._names)
        except Reject as error:
            return refused(error, first, number, raw_rows)
        return Taken(draft, first, json.dumps(flat, ensure_ascii=False), tuple(found))

    def _record(self, cells: list[str]) -> dict[str, str]:
        read = unguarded if self._is_csv else str
        return {name: read(cell) for name, cell in zip(self._names, cells, strict=False) if cell}

    def _line(self, flat: dict[str, str]) -> dict[str, Any]:
        line: dict[str, Any] = {
            name.removeprefix("line_"): value for name, value in flat.items() if name.startswith("line_")
        }
        line["options"] = _json(line.get("options", "[]"), "line_options")
        return line


def _json(written: str, column: str) -> list[Any]:
    try:
        value = json.loads(written, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise Reject(column, written, _("“{value}” is no JSON.", value=written[:80])) from error
    return value if isinstance(value, list) else []


def _draft(
    record: dict[str, Any],
    context: Context,
    row: int,
    found: list[Finding],
    style: NumberStyle = NumberStyle.DOT,
    has_facts: bool = True,
) -> Draft:
    number = text(record, "number")
    if not number:
        raise Reject("number", "", _("The row names no order."))
    read = _Values(record, context, style)
    lines = tuple(_line(_Values(one, context, style)) for one in records(record, "lines"))
    places = {text(one, "id"): index for index, one in enumerate(records(record, "lines"))}
    currency = known_currency(text(record, "currency"), "currency")
    payment, goods = _statuses(record, row, number, found)
    placed = read.moment("placed_at")
    if placed is None:
        raise Reject("placed_at", "", _("The date is missing."))
    if has_facts:
        payments = tuple(_payment(_Values(one, context, style)) for one in records(record, "payments"))
    else:
        payments = _sums_as_payments(read, number)
    plain: dict[str, Any] = {name: text(record, name) for name in _TEXTS}
    plain |= {name: read.money(name) for name in _SUMS}
    return Draft(
        source=text(record, "source") or context.source,
        source_id=text(record, "source_id") or number,
        number=number,
        placed_at=placed,
        currency=currency,
        lines=lines,
        **plain,
        tax_included=_flag(record, "tax_included"),
        payment_status=payment,
        fulfilment_status=goods,
        payment_method=text(record, "payment_method") or "unknown",
        tags=_words(record, "tags"),
        coupons=_words(record, "coupons"),
        is_pickup=_flag(record, "is_pickup"),
        shipping_address=Address(**{name: text(part(record, "shipping_address"), name) for name in _ADDRESS}),
        billing_address=Address(**{name: text(part(record, "billing_address"), name) for name in _ADDRESS}),
        payments=payments,
        shipments=_shipments(record, places, lines, context, style),
        notes=tuple(_note(_Values(one, context, style)) for one in records(record, "notes")),
    )


class _Values:
    """The values of a record, parsed."""

    def __init__(self, record: dict[str, Any], context: Context, style: NumberStyle) -> None:
        self.record, self._context, self._style = record, context, style

    def text(self, name: str) -> str:
        return text(self.record, name)

    def money(self, name: str) -> Decimal:
        written = self.text(name)
        if not written and name != "total":
            return ZERO
        try:
            value = amount(written, self._style)
        except ValueError as error:
            raise Reject(name, written, _("“{value}” is no number.", value=written)) from error
        if value < 0 and name in ("total", "quantity"):
            raise Reject(name, written, _("“{value}” is negative.", value=written))
        return value

    def moment(self, name: str) -> Any:
        written = self.text(name)
        if not written:
            return None
        try:
            return moment(written, self._context.zone)
        except ValueError as error:
            raise Reject(name, written, _("“{value}” is no date that can be read.", value=written)) from error


def _statuses(
    record: dict[str, Any], row: int, number: str, found: list[Finding]
) -> tuple[PaymentStatus, FulfilmentStatus]:
    payment, goods = text(record, "payment_status"), text(record, "fulfilment_status")
    known = PaymentStatus.AWAITING_PAYMENT, FulfilmentStatus.AWAITING_PROCESSING
    if payment in list(PaymentStatus):
        known = PaymentStatus(payment), known[1]
    else:
        reason = _("Unknown payment status: {status} was taken.", status=known[0])
        found.append(warning(row, "payment_status", payment, reason, number))
    if goods in list(FulfilmentStatus):
        known = known[0], FulfilmentStatus(goods)
    else:
        reason = _("Unknown fulfilment status: {status} was taken.", status=known[1])
        found.append(warning(row, "fulfilment_status", goods, reason, number))
    return known


def _line(values: _Values) -> DraftLine:
    kind = values.text("kind")
    return DraftLine(
        name=values.text("name"),
        quantity=values.money("quantity"),
        unit_price=values.money("unit_price"),
        sku=values.text("sku"),
        options=tuple((text(one, "name"), text(one, "value")) for one in records(values.record, "options")),
        kind=Kind(kind) if kind in list(Kind) else Kind.PHYSICAL,
        total=values.money("total") if values.text("total") else None,
        **{name: values.money(name) for name in ("discount", "tax", "shipped", "returned", "refunded")},
    )


def _payment(values: _Values) -> DraftPayment:
    kind = values.text("kind")
    if kind not in list(PaymentKind):
        raise Reject("payments", kind, _("“{value}” is no kind of payment.", value=kind))
    return DraftPayment(
        PaymentKind(kind),
        values.money("amount"),
        values.moment("at"),
        reference=values.text("reference"),
        method=values.text("method"),
        failure_reason=values.text("failure_reason"),
        key=values.text("id"),
    )


def _sums_as_payments(values: _Values, number: str) -> tuple[DraftPayment, ...]:
    """One charge and one refund from the sums of a file that has no more; when they were made is not told."""
    sums = (
        (PaymentKind.CHARGE, values.money("paid")),
        (PaymentKind.REFUND, values.money("refunded")),
    )
    return tuple(
        DraftPayment(kind, value, values.moment("placed_at"), key=f"{number}:{kind}:1") for kind, value in sums if value
    )


def _shipments(
    record: dict[str, Any], places: dict[str, int], lines: Sequence[DraftLine], context: Context, style: NumberStyle
) -> tuple[DraftShipment, ...]:
    """The parcels. What came back is told per line, so the first parcels of a line are those that returned."""
    back = {index: line.returned for index, line in enumerate(lines)}
    parcels = []
    for one in records(record, "shipments"):
        values = _Values(one, context, style)
        inside = []
        for held in records(one, "lines"):
            index = places.get(text(held, "line_id"))
            if index is not None:
                quantity = _Values(held, context, style).money("quantity")
                returned = min(back[index], quantity)
                back[index] -= returned
                inside.append((index, quantity, returned))
        parcels.append(
            DraftShipment(
                tuple(inside), values.moment("at"), values.text("carrier"), values.text("tracking_number"),
                values.text("tracking_url"), key=values.text("id"),
            )
        )  # fmt: skip
    return tuple(parcels)


def _note(values: _Values) -> DraftNote:
    return DraftNote(values.text("text"), values.moment("at"), values.text("author"), values.text("id"))


def _words(record: dict[str, Any], name: str) -> tuple[str, ...]:
    value = record.get(name)
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return tuple(word for piece in text(record, name).split(", ") if (word := piece.strip()))


def _flag(record: dict[str, Any], name: str) -> bool:
    value = record.get(name)
    return value is True or str(value).strip().lower() in ("true", "vrai", "1", "yes")
