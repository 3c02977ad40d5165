"""What the words in a block of Shopify's CSV mean: each spelling is looked at once, however many orders have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import pyarrow as pa

from data.shopify_blocks import MEANINGS
from services.imports.batches import words_as_json
from services.imports.countries import country
from services.imports.shopify_columns import Columns
from services.imports.shopify_facts import kind_of, provider
from services.imports.shopify_order import codes_of, method_of, tags_of
from services.imports.status_words import SHOPIFY_FULFILMENT, SHOPIFY_PAYMENT, folded
from services.money import is_currency, unit
from services.orders.statuses import FulfilmentStatus, Kind, PaymentStatus

_GIVEN_BACK = (PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED)

Row = tuple[object, ...]


def meanings(block: pa.Table, heads: pa.Table, columns: Columns) -> dict[str, pa.Table]:
    """The relations of `MEANINGS` for the rows of a block and the first rows of its orders."""

    def each(of: Callable[..., Iterable[Row]], table: pa.Table, *keys: str) -> list[Row]:
        return [row for texts in _distinct(table, [columns.at(key) for key in keys]) for row in of(*texts)]

    lands = {text for kind in ("billingcountry", "shippingcountry") for (text,) in _distinct(heads, [columns.at(kind)])}
    found: dict[str, list[Row]] = {
        "block_products": each(_product, block, "lineitemname", "lineitemsku", "lineitemrequiresshipping"),
        "block_lands": [(text, country(text) if text else "") for text in lands],
        "block_methods": each(_method, heads, "paymentmethod"),
        "block_payments": each(_payment, heads, "financialstatus"),
        "block_parcels": each(_parcel, heads, "fulfillmentstatus"),
        "block_words": each(_words, heads, "financialstatus", "fulfillmentstatus"),
        "block_tags": each(_tags, heads, "tags", "risklevel", "source"),
        "block_codes": each(_codes, heads, "discountcode"),
        "block_units": each(_unit, heads, "currency"),
    }
    return {name: _table(found[name], schema) for name, schema in MEANINGS.items()}


def _distinct(table: pa.Table, places: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Every spelling of some columns together; of a column that is absent it is empty."""
    names = list(dict.fromkeys(f"c{place}" for place in places if place >= 0))
    if not names:
        yield from [("",) * len(places)] if table.num_rows else []
        return
    found = table.select(names).group_by(names, use_threads=False).aggregate([])
    texts = {name: found.column(name).to_pylist() for name in names}
    blank = [""] * found.num_rows
    yield from zip(*(texts[f"c{place}"] if place >= 0 else blank for place in places), strict=True)


def _table(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema)


@lru_cache(maxsize=8192)
def _product(name: str, sku: str, ships: str) -> list[Row]:
    kind = kind_of(ships, name, sku)
    return [(name, sku, ships, kind.value, f"{name!r}, {sku!r}", kind is Kind.PHYSICAL)]


@lru_cache(maxsize=1024)
def _method(label: str) -> list[Row]:
    bare = label.strip()
    by, is_several = provider(bare), " + " in bare
    methods = [(is_free, method_of(bare, is_free)) for is_free in (False, True)]
    return [
        (is_free, is_several, method == "test", label, bare, method, by, f"{method!r}, {by!r}", repr(bare))
        for is_free, method in methods
    ]


def _payment(word: str) -> list[Row]:
    status = SHOPIFY_PAYMENT.get(word) or SHOPIFY_PAYMENT.get(folded(word))
    if status is None or folded(word) == "expired":  # something is to be said of these
        return []
    is_paid, is_part = status is PaymentStatus.PAID, status is PaymentStatus.PARTIALLY_PAID
    return [(word, status.value, is_paid, is_part, status in _GIVEN_BACK)]


def _parcel(word: str) -> list[Row]:
    status = SHOPIFY_FULFILMENT.get(word) or SHOPIFY_FULFILMENT.get(folded(word))
    if status is None:
        return []
    is_part, is_back = status is FulfilmentStatus.PARTIALLY_SHIPPED, status is FulfilmentStatus.RETURNED
    return [(word, status.value, is_part, status.has_left, is_back)]


def _words(payment: str, goods: str) -> list[Row]:
    told = (("payment", payment), ("fulfilment", goods), ("cancelled_at", ""))
    shared = (*told, ("line_discounts", "allocated"))
    return [
        (payment, goods, is_shared, words_as_json(words), repr(words))
        for is_shared, words in ((False, told), (True, shared))
    ]


@lru_cache(maxsize=8192)
def _tags(tags: str, risk: str, source: str) -> list[Row]:
    found = [(is_test, tags_of(tags, risk, source, is_test)) for is_test in (False, True)]
    return [(tags, risk, source, is_test, list(some), repr(sorted(some))) for is_test, some in found]


@lru_cache(maxsize=8192)
def _codes(code: str) -> list[Row]:
    found = codes_of(code)
    return [(code, list(found), repr(sorted(found)))]


def _unit(code: str) -> list[Row]:
    return [(code, unit(code))] if is_currency(code) and code.strip().upper() == code else []
