"""The words by which an order is found: what counts as a word, and from which columns words come.

A text is folded (lower case, accents off) and cut at white space into chunks. Each chunk counts as written, and so
does what remains of it from each of its runs of letters and digits on: `ines@example.com` is found by its beginning,
by `example.com` and by `com`; a text without any letter is still found as it stands. A phone number counts by its
digits, in every spelling. A code (SKU, tag, coupon) also counts whole, behind a mark that no chunk can hold.
"""

from __future__ import annotations

from collections.abc import Iterable

from data import phones
from data.doors import Reader

LONGEST = 80  # characters of a word that count
PIECES = 400  # runs of letters and digits of one chunk that count
MOVED = "moved"  # the field of the mark on orders whose ids do not follow the moment of placing
WHOLE = "\x1f"  # the mark before a whole code; white space to us, so that no chunk holds it


def _unless(equal: str, text: str) -> str:
    """SQL for a text, empty where it only repeats another one."""
    return f"case when {equal} then '' else {text} end"


_BILLED = (
    ("company", "company"), ("address", "line1"), ("address", "line2"), ("address", "region"), ("city", "city"),
    ("postal_code", "postal_code"),
)  # fmt: skip
# field of a word -> columns of `orders` that hold its texts; most orders are sent where they are billed
_ORDER_TEXTS = (
    ("number", "number"), ("number", _unless("not starts_with(number, '#')", "ltrim(number, '#')")),
    ("email", "email"), ("name", "name"), ("name", _unless("shipping_name = name", "shipping_name")),
    ("name", _unless("billing_name = name or billing_name = shipping_name", "billing_name")),
    *((field, f"shipping_{column}") for field, column in _BILLED),
    *((field, _unless(f"billing_{column} = shipping_{column}", f"billing_{column}")) for field, column in _BILLED),
    ("transaction", "transaction_id"), ("comment", "customer_comment"), ("payment_message", "payment_message"),
)  # fmt: skip
_LISTS = (("tag", "tags"), ("coupon", "coupons"))
# phone -> the country it is in, which its field names
_PHONES = (
    ("phone", "country"),
    (_unless("shipping_phone = phone and shipping_country = country", "shipping_phone"), "shipping_country"),
    (_unless("billing_phone = phone and billing_country = country", "billing_phone"), "billing_country"),
)
# a payment mostly bears the reference that its order has as a whole
_OWN_REFERENCE = "(order_id, reference) not in (select (id, transaction_id) from orders semi join fresh using (id))"
_CHILD_TEXTS = (
    ("sku", "order_lines", "sku", ""),
    ("product", "order_lines", "name", ""),
    ("transaction", "payments", "reference", f" and voided_at is null and {_OWN_REFERENCE}"),
    ("tracking", "shipments", "tracking_number", " and voided_at is null"),
    ("note", "order_notes", "text", " and voided_at is null"),
)
_CODES = ("sku", "tag", "coupon")

SPACES = r"[\t-\r\x1c-\x20\x{85}\p{Z}]+"  # what Python's str.split() cuts at
_SOUND = r"\p{L}\p{M}\p{N}"


def fold(text: str) -> str:
    """SQL that folds an SQL text. A NUL counts as a space: the engine would end the text there."""
    return f"lower(strip_accents(replace({text}, chr(0), ' ')))"


def texts_of_orders() -> str:
    """SQL for (order_id, field, text) of every searchable text of the orders named in `fresh(id)`."""
    fields = [f"'{field}'" for field, _ in _ORDER_TEXTS] + [f"'phone:' || {country}" for _, country in _PHONES]
    columns = [column for _, column in _ORDER_TEXTS] + [column for column, _ in _PHONES]
    own = f"""
        select id as order_id, unnest([{", ".join(fields)}]) as field, unnest([{", ".join(columns)}]) as text
        from orders semi join fresh using (id)
    """
    lists = [
        f"select id as order_id, '{field}' as field, unnest({column}) as text from orders semi join fresh using (id)"
        for field, column in _LISTS
    ]
    children = [
        f"select order_id, '{field}' as field, {column} as text "
        f"from {table} semi join fresh on order_id = fresh.id where {column} <> ''{standing}"
        for field, table, column, standing in _CHILD_TEXTS
    ]
    millis = "cast('0x' || left(replace(cast(id as varchar), '-', ''), 12) as bigint)"
    moved = (
        f"select id as order_id, '{MOVED}' as field, '{MOVED}' as text from orders semi join fresh using (id) "
        f"where epoch_ms(placed_at) <> {millis}"
    )
    return "\nunion all ".join([own, *lists, *children, moved])


def words(texts: str) -> str:
    """SQL for the distinct (term, field, order_id) of a relation (order_id, field, text), ordered by term. The field
    of a phone may name its country: `phone:FR`."""
    return f"{_words(texts)} order by term"


def words_of_many(texts: str) -> str:
    """The same for many orders, in no order: a text that comes again and again is taken apart once. A word that two
    texts of an order share comes twice: few are, and to look for them would cost a fourth of the whole."""
    return f"""
        with all_texts as materialized (select order_id, field, text from ({texts}) where text <> ''),
        keys as materialized (
            select row_number() over () as key, field, text from (select distinct field, text from all_texts)
        ),
        said as materialized ({_words("select key as order_id, field, text from keys")})
        select said.term, said.field, all_texts.order_id
        from all_texts join keys on keys.field = all_texts.field and keys.text = all_texts.text
        join said on said.order_id = keys.key
    """


def _words(texts: str) -> str:
    codes = ", ".join(f"'{field}'" for field in (*_CODES, MOVED))
    return f"""
        with texts as ({texts}),
        told as (
            select order_id, split_part(field, ':', 1) as field, split_part(field, ':', 2) as country,
                {fold("text")} as text
            from texts where text <> ''
        ),
        chunks as (
            select order_id, field, unnest(string_split_regex(text, '{SPACES}')) as chunk
            from told where field <> '{MOVED}' and (field <> 'phone' or not {phones.is_phone("text")})
        ),
        cut as (
            select order_id, field, regexp_extract_all(chunk, '[{_SOUND}]+[^{_SOUND}]*') as pieces
            from chunks where regexp_matches(chunk, '[^{_SOUND}]')
        ),
        words as (
            select order_id, field, chunk as term from chunks
            union all
            select order_id, field, unnest(list_transform(
                range(1, least(len(pieces), {PIECES}) + 1),
                lambda i: array_to_string(pieces[i:i + {LONGEST - 1}], '')
            )) as term from cut
            union all
            select order_id, field, chr({ord(WHOLE)}) || trim(text) as term from told where field in ({codes})
            union all
            {phones.spellings("select order_id, field, country, text from told where field = 'phone'")}
        )
        select distinct left(term, {LONGEST}) as term, field, order_id from words where term <> ''
    """


def folded(read: Reader, texts: Iterable[str]) -> dict[str, str]:
    """Each text folded, as the SQL does that folds the texts of orders."""
    every = list(dict.fromkeys(texts))
    found = {text: text.replace("\x00", " ").lower() for text in every if text.isascii()}
    asked = [text for text in every if text not in found]
    if not asked:
        return found
    rows = read.rows(f"select t, {fold('t')} as f from (select unnest($1) as t)", [asked])
    return found | {row["t"]: row["f"] for row in rows}


def whole(folded_code: str) -> str:
    """The word that a whole code counts as."""
    return f"{WHOLE}{folded_code.strip()}"[:LONGEST]


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
