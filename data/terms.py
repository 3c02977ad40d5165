"""The words by which an order is found: what counts as a word, and from which columns words come.

A text is folded (lower case, accents off) and cut at white space into chunks; each chunk counts as written, and so
do the runs of letters and digits in it. So `ines@example.com` is found by itself, by `ines` and by `example`, and a
text without any letter is still found as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from data.store import Reader

LONGEST = 80  # characters of a word that count

# field of a word -> SQL that gives (order_id, text) for the orders in the relation `fresh(id)`
_ORDER_TEXTS = {
    "number": ("number", "ltrim(number, '#')"),
    "email": ("email",),
    "name": ("name", "shipping_name", "billing_name"),
    "company": ("shipping_company", "billing_company"),
    "address": (
        "shipping_line1", "shipping_line2", "shipping_region", "billing_line1", "billing_line2", "billing_region",
    ),
    "city": ("shipping_city", "billing_city"),
    "postal_code": ("shipping_postal_code", "billing_postal_code"),
    "phone": ("phone", "shipping_phone", "billing_phone"),
    "transaction": ("transaction_id",),
    "comment": ("customer_comment",),
    "payment_message": ("payment_message",),
}  # fmt: skip
_LIST_TEXTS = {"tag": "tags", "coupon": "coupons"}
_CHILD_TEXTS = {
    "sku": ("order_lines", "sku"),
    "product": ("order_lines", "name"),
    "tracking": ("shipments", "tracking_number"),
    "note": ("order_notes", "text"),
}


def fold(text: str) -> str:
    """SQL that folds an SQL text."""
    return f"lower(strip_accents({text}))"


def texts_of_orders() -> str:
    """SQL for (order_id, field, text) of every searchable text of the orders named in `fresh(id)`."""
    parts = [
        f"select id as order_id, '{field}' as field, {column} as text from orders semi join fresh using (id)"
        for field, columns in _ORDER_TEXTS.items()
        for column in columns
    ]
    parts += [
        f"select id as order_id, '{field}' as field, unnest({column}) as text from orders semi join fresh using (id)"
        for field, column in _LIST_TEXTS.items()
    ]
    parts += [
        f"select order_id, '{field}' as field, {column} as text from {table} semi join fresh on order_id = fresh.id"
        for field, (table, column) in _CHILD_TEXTS.items()
    ]
    return "\nunion all ".join(parts)


def texts_in(columns: Mapping[str, object]) -> set[tuple[str, str]]:
    """(field, text) of every searchable text in some of an order's own columns."""
    found = [(field, columns[name]) for field, names in _ORDER_TEXTS.items() for name in names if name in columns]
    found += [
        (field, text)
        for field, name in _LIST_TEXTS.items()
        if isinstance(texts := columns.get(name), list)
        for text in texts
    ]
    return {(field, text) for field, text in found if isinstance(text, str) and text}


def words(texts: str) -> str:
    """SQL for the distinct (term, field, order_id) of a relation (order_id, field, text), ordered by term."""
    return f"""
        with texts as ({texts}),
        chunks as (
            select order_id, field, unnest(string_split_regex({fold("text")}, '\\s+')) as chunk
            from texts where text <> ''
        ),
        words as (
            select order_id, field, chunk as term from chunks
            union all
            select order_id, field, unnest(string_split_regex(chunk, '[^\\p{{L}}\\p{{N}}]+')) as term from chunks
        )
        select distinct left(term, {LONGEST}) as term, field, order_id from words where term <> '' order by term
    """


def folded(read: Reader, texts: Iterable[str]) -> dict[str, str]:
    """Each text folded, by the SQL that folds the texts of orders."""
    asked = list(dict.fromkeys(texts))
    if not asked:
        return {}
    return {
        row["t"]: row["f"] for row in read.rows(f"select t, {fold('t')} as f from (select unnest($1) as t)", [asked])
    }


def bounds(beginning: str) -> tuple[str, str | None]:
    """The least word with a beginning, and the least after all of them (None: there is none after)."""
    low = beginning[:LONGEST]
    for place in range(len(low) - 1, -1, -1):
        code = ord(low[place]) + 1
        if code == 0xD800:  # surrogates are no characters
            code = 0xE000
        if code <= 0x10FFFF:
            return low, low[:place] + chr(code)
    return low, None
