"""Blocks of Shopify's CSV into a run's staging place: thousands of orders by a dozen statements.

with read.shown(blocks of cells and meanings):
    odd = blocks.judge()                        # orders that are left to the reader that goes one by one
    blocks.stage(hashes of blocks.contents())   # the others
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime

import pyarrow as pa

from data.ids import tick
from data.incoming import SCHEMAS
from data.intake import given
from data.shopify_cells import Cells
from data.shopify_contents import ADDRESSES, CHARGE, NAME, PHONE, REFUND, contents
from data.staging import Staging

_TEXT, _FLAG, _LIST = pa.string(), pa.bool_(), pa.list_(pa.string())
# What the words of a block mean: relations that are given beside its cells, a row per spelling. `said` and `told` are
# how Python writes the values, for the content hash.
MEANINGS = {
    "block_products": pa.schema(
        [(name, _TEXT) for name in ("name", "sku", "ships", "kind", "said")] + [("is_parcel", _FLAG)]
    ),
    "block_lands": pa.schema([("land", _TEXT), ("country", _TEXT)]),
    "block_methods": pa.schema(
        [("is_free", _FLAG), ("is_several", _FLAG), ("is_test", _FLAG)]
        + [(name, _TEXT) for name in ("label", "bare", "method", "provider", "told", "told_bare")]
    ),
    "block_payments": pa.schema(
        [("word", _TEXT), ("status", _TEXT), ("is_paid", _FLAG), ("is_part", _FLAG), ("is_back", _FLAG)]
    ),
    "block_parcels": pa.schema(
        [("word", _TEXT), ("status", _TEXT), ("is_part", _FLAG), ("is_gone", _FLAG), ("is_back", _FLAG)]
    ),
    "block_words": pa.schema(
        [("payment", _TEXT), ("goods", _TEXT), ("is_shared", _FLAG), ("said", _TEXT), ("told", _TEXT)]
    ),
    "block_tags": pa.schema(
        [("tags", _TEXT), ("risk", _TEXT), ("source", _TEXT), ("is_test", _FLAG), ("found", _LIST), ("told", _TEXT)]
    ),
    "block_codes": pa.schema([("code", _TEXT), ("found", _LIST), ("told", _TEXT)]),
    "block_units": pa.schema([("currency", _TEXT), ("unit", pa.decimal128(18, 3))]),
}

_MADE = ("block_lines", "block_judged", "block_goods")  # tables that last as long as a block
_PER_ROW = 8  # ids that a row of the file may need: of its line, its order's payments, parcel and event


class ShopifyBlocks:
    """Blocks of one file, one after the other. `places` are its columns by their keys, `members` how each begins in the
    JSON of a row (`, "Name": `), `alike` what all orders of the run have: source, run_id, actor, kind (of their first
    event), now."""

    def __init__(
        self,
        staging: Staging,
        places: Mapping[str, int],
        taxes: Sequence[int],
        members: Sequence[str],
        alike: Mapping[str, str | datetime],
    ) -> None:
        self._staging, self._aside = staging, staging.aside
        self._cells = self._columns = Cells(places, taxes)
        self._members, self._alike = members, dict(alike)
        self._rows, self._size, self._filled = 0, 0, dict[int, bool]()
        self._tick = tick()

    @contextmanager
    def shown(
        self, block: pa.Table, heads: pa.Table, meanings: Mapping[str, pa.Table], filled: Mapping[int, bool]
    ) -> Iterator[None]:
        """Work on a block while this lasts: its rows (`ord` is the order, `nth` the place in it, `row_no` its own), the
        first row of each order, what its words mean, and which columns are not empty throughout, with whether JSON
        writes their texts otherwise than they are."""
        self._rows, self._size, self._filled = block["row_no"][-1].as_py() + 1, block.nbytes, dict(filled)
        self._cells = self._columns.but_for(filled)
        with ExitStack() as held:
            for name, table in {"block": block, "block_heads": heads, **meanings}.items():
                held.enter_context(self._aside.shown(name, table))
            yield
        for name in _MADE:
            self._aside.execute(f"drop table if exists {name}")

    def judge(self) -> set[int]:
        """Read the block. Gives the orders that are not plain."""
        self._make("block_lines", self._cells.lines())
        self._make("block_judged", self._cells.orders())
        return {order for (order,) in self._aside.tuples("select ord from block_judged where not is_plain")}

    def known_as(self) -> list[tuple[int, str, str]]:
        """Of each plain order: which it is, its number, its id at the source."""
        plain = self._aside.tuples("select ord, name, source_id from block_judged where is_plain")
        return [(order, number, source_id) for order, number, source_id in plain]

    def rename(self, known: Mapping[int, str], out: Collection[int]) -> None:
        """Some orders are known to the store by other ids; those that are `out` are not plain after all."""
        for order, source_id in known.items():
            self._aside.execute("update block_judged set known_as = ? where ord = ?", [source_id, order])
        for order in out:
            self._aside.execute("update block_judged set is_plain = false where ord = ?", [order])

    def contents(self) -> list[tuple[int, str]]:
        """What each plain order holds, as the text that its content hash is of."""
        self._aside.execute("create or replace temp view block_orders as from block_judged where is_plain")
        self._make("block_goods", _GOODS)
        return [(order, text) for order, text in self._aside.tuples(contents())]

    def stage(self, hashes: Mapping[int, str]) -> None:
        """Put the plain orders into the staging place, with the hashes of their contents."""
        params = {**self._alike, "place": self._staging.places(self._rows), "tick": self._tick}
        self._tick += self._rows * _PER_ROW
        found = {"ord": pa.array(hashes, pa.int32()), "content_hash": pa.array(hashes.values(), pa.string())}
        with self._aside.shown("block_hashes", pa.table(found)):
            for name, question in _TABLES.items():
                self._put(name, question, params)
        members = {f"n{place}": self._members[place] for place in self._filled}
        self._put("order_raws", _raws(self._filled), {**params, **members})
        self._staging.note_whole(self._size)

    def _make(self, name: str, question: str) -> None:
        self._aside.execute(f"drop table if exists {name}")
        self._aside.execute(f"create temp table {name} as {question}")

    def _put(self, name: str, question: str, params: Mapping[str, object]) -> None:
        columns, values = given(name)
        sql = f"insert into staged_{name} ({columns}, place) select {values}, $place + i.row_no from ({question}) i"
        self._aside.execute(sql, {key: params[key] for key in re.findall(r"\$(\w+)", sql)})


def _fresh(kind: int) -> str:
    """SQL for an id of about now: each row of the file has eight of them, by what they are for. Where an order's own
    id is random, so are those of what belongs to it."""
    tick = f"format('{{:015x}}', $tick + row_no * {_PER_ROW} + {kind})"
    return f"(left({tick}, 12) || '7' || right({tick}, 3) || right(order_id, 16))::uuid"


_LINE, _CHARGED, _REFUNDED, _PARCEL, _EVENT = map(_fresh, range(5))


def _select(name: str, values: Mapping[str, str], source: str) -> str:
    """SQL for rows of an incoming table; columns that are not named are null."""
    columns = [f"{values.get(column, 'null')} as {column}" for column in SCHEMAS[name].names]
    return f"select {', '.join(columns)}, row_no from {source}"


def _texts(*columns: str) -> dict[str, str]:
    return {column: column for column in columns}


_GOODS = """
    select l.ord, l.row_no, l.nth, o.order_id, l.name, l.sku, l.kind, l.said, l.quantity, l.price as unit_price,
        case when o.is_shared then o.discount else l.discount end as discount, o.is_back,
        case when l.is_parcel and (o.leaving = 'all' or (o.leaving = 'some' and l.word = 'fulfilled'))
            then l.quantity else 0 end as shipped,
        case when o.is_back then shipped else 0 end as returned
    from block_lines l join block_orders o using (ord)
"""

_ORDER = {
    **_texts(
        "payment_status", "fulfilment_status", "email", "currency", "discount", "content_hash",
    ),
    **ADDRESSES,
    "id": "order_id", "source": "$source", "source_id": "known_as", "number": "name", "placed_at": "at_createdat",
    "updated_at": "$now::timestamp", "version": "1", "source_status_json": "said_words", "payment_method": "method",
    "payment_method_label": "bare", "payment_message": "''", "transaction_id": "reference",
    "name": NAME,
    "phone": PHONE,
    "language": "''", "customer_comment": "notes", "tags": "found_tags", "coupons": "found_codes",
    "shipping_method": "shippingmethod", "is_pickup": "false", "subtotal": "goods", "shipping_fee": "sum_shipping",
    "handling_fee": "sum_duties", "tax": "sum_taxes", "total": "sum_total", "tax_included": "is_included",
    "import_run_id": "$run_id", "is_muted": "false",
}  # fmt: skip
_PAYMENT = {
    **_texts("order_id", "currency", "method", "provider"), "failure_reason": "''",
}  # fmt: skip

_TABLES = {
    "orders": _select("orders", _ORDER, "block_orders join block_hashes using (ord)"),
    "order_lines": _select(
        "order_lines",
        {
            **_texts("order_id", "sku", "name", "kind", "quantity", "unit_price", "discount", "shipped", "returned"),
            "id": _LINE, "position": "nth + 1", "options_json": "'[]'", "tax": "0", "refunded": "0",
            "total": "quantity * unit_price - discount",
        },
        "block_goods",
    ),
    "payments": _select(
        "payments",
        {**_PAYMENT, "id": _CHARGED, "happened_at": "at_paidat", "kind": f"'{CHARGE}'", "amount": "charge",
         "reference": "case when is_several then bare else reference end",
         "source_key": f"source_id || ':{CHARGE}:1'"},
        "block_orders where charge > 0",
    )
    + " union all "
    + _select(
        "payments",
        {**_PAYMENT, "id": _REFUNDED, "kind": f"'{REFUND}'", "amount": "refund", "reference": "''",
         "source_key": f"source_id || ':{REFUND}:1'"},
        "block_orders where refund > 0",
    ),
    "shipments": _select(
        "shipments",
        {**_texts("order_id"), "id": _PARCEL, "happened_at": "at_fulfilledat", "carrier": "''",
         "tracking_number": "''", "tracking_url": "''", "source_key": "source_id || ':parcel:1'"},
        "block_orders semi join (from block_goods where shipped > 0) g using (ord)",
    ),
    "shipment_lines": _select(
        "shipment_lines",
        {**_texts("order_id", "returned"), "shipment_id": _PARCEL.replace("+ row_no *", "+ (row_no - nth) *"),
         "line_id": _LINE, "quantity": "shipped"},
        "block_goods where shipped > 0",
    ),
    "order_events": _select(
        "order_events",
        {**_texts("order_id"), "id": _EVENT, "happened_at": "$now::timestamp", "kind": "$kind", "actor": "$actor",
         "before_json": "'{}'", "made_json": "'{}'", "reason": "noteattributes", "cause": "$run_id",
         "after_json": """'{"payment_status": "' || payment_status || '", "fulfilment_status": "' || """
         """fulfilment_status || '"}'"""},
        "block_orders",
    ),
}  # fmt: skip


def _raws(filled: Mapping[int, bool]) -> str:
    """SQL for the records of the plain orders as they came: their rows as JSON, of each what is not empty."""
    members = [
        f"case when b.c{place} = '' then '' else concat($n{place}, {_json(f'b.c{place}', is_odd)}) end"
        for place, is_odd in filled.items()
    ]
    row = f"'{{' || substr(concat({', '.join(members)}), 3) || '}}'"
    whole = f"""(
        with told as not materialized (
            select o.order_id, o.lines, b.nth, b.row_no, {row} as record
            from block b join block_orders o using (ord)
        )
        select order_id, row_no, '[' || record || ']' as raw from told where lines = 1
        union all
        select order_id, min(row_no), '[' || string_agg(record, ', ' order by nth) || ']' from told where lines > 1
        group by order_id
    )"""
    return _select(
        "order_raws",
        {**_texts("order_id", "raw"), "import_run_id": "$run_id", "happened_at": "$now::timestamp"},
        whole,
    )


def _json(text: str, is_odd: bool) -> str:
    return f"to_json({text})" if is_odd else f"""'"', {text}, '"'"""
