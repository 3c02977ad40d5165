"""What the cells of Shopify's CSV say, in SQL: the lines and orders of a block, and which of them are plain.

An order of which anything is odd is not *plain*: it is left to the reader that goes order by order and can say what is
odd. What comes out for a plain one is what that reader makes of it, to the letter; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

# What cells must be for their order to be plain.
_SUM = r"[0-9]{1,9}(?:\.[0-9]{1,3})?"
_COUNT = "[0-9]{1,4}"
_MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2} (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9] [+-](?:[01][0-9]|2[0-3])[0-5][0-9]"
_WORD = "[a-z_]*"
_EMAIL = "[!-~]*"
_QUOTABLE = r"[ -&(-\[\]-~]*"  # Python writes it between single quotes as it is
_BLANK_AT_END = r"^[\t-\r\x1c-\x20\x{85}\p{Z}]|[\t-\r\x1c-\x20\x{85}\p{Z}]$"
_LARGEST = 1_000_000_000_000  # of a sum

_MONEY = ("total", "subtotal", "shipping", "taxes", "duties", "discountamount", "refundedamount", "outstandingbalance")
_TIMES = ("createdat", "paidat", "fulfilledat")
_TEXTS = (
    "name", "id", "email", "phone", "currency", "financialstatus", "fulfillmentstatus", "paymentmethod",
    "paymenttermsname", "cancelledat", "notes", "noteattributes", "tags", "risklevel", "source", "discountcode",
    "shippingmethod", "total", "subtotal", "outstandingbalance", "paidat", "fulfilledat",
)  # fmt: skip
# part of an address -> the column of the file
_PARTS = {
    "name": "name", "company": "company", "line1": "address1", "line2": "address2", "city": "city",
    "region": "province", "postal_code": "zip", "country": "country", "phone": "phone",
}  # fmt: skip
_KINDS = ("shipping", "billing")

# What is of no use once an order is judged: each column of a table takes a quarter of a megabyte.
_PASSING = (
    "id", "financialstatus", "fulfillmentstatus", "paymentmethod", "paymenttermsname", "cancelledat", "tags",
    "risklevel", "source", "discountcode", "total", "subtotal", "outstandingbalance", "paidat", "fulfilledat",
    "sum_subtotal", "sum_discountamount", "sum_refundedamount", "sum_outstandingbalance", "sum_parts",
    "are_lines_plain", "gross", "on_lines", "room", "net", "discounted", "owed", "is_test", "is_paid", "is_given_back",
)  # fmt: skip


def plain(amount: str) -> str:
    """SQL for an amount as one text, the same for 10.0 and 10.00."""
    return f"rtrim(rtrim(({amount})::decimal(18,3)::varchar, '0'), '.')"


class Cells:
    """The columns of one file: `places` are their places by their keys, those of `taxes` have no key of their own."""

    def __init__(self, places: Mapping[str, int], taxes: Sequence[int]) -> None:
        self._places, self._taxes = places, taxes

    def but_for(self, filled: Collection[int]) -> Cells:
        """The same where only some columns hold anything."""
        places = {key: place for key, place in self._places.items() if place in filled}
        return Cells(places, [place for place in self._taxes if place in filled])

    def lines(self) -> str:
        """SQL for the lines of `block`, by order (`ord`) and place in it (`nth`)."""
        ships, many, price = (
            self._of("lineitemrequiresshipping"),
            self._of("lineitemquantity"),
            self._of("lineitemprice"),
        )
        name, sku, word = self._of("lineitemname"), self._of("lineitemsku"), self._of("lineitemfulfillmentstatus")
        return f"""
            with read as (
                select h.ord, h.row_no, h.nth, {name} as name, {sku} as sku, p.kind, p.is_parcel, p.said,
                    case when regexp_full_match({many}, '{_COUNT}') then {many}::integer end as quantity,
                    case when {price} <> '' then {_sum(price)} end as price,
                    {_sum(self._of("lineitemdiscount"))} as discount, {word} as word
                from block h
                left join block_products p on p.name = {name} and p.sku = {sku} and p.ships = {ships}
            )
            select *, coalesce(
                quantity > 0 and price is not null and discount is not null and kind is not null
                    and regexp_full_match(word, '{_WORD}'), false
            ) as is_plain
            from read
        """

    def orders(self) -> str:
        """SQL for the orders of `block_heads` and `block_lines`."""
        texts = [f"{self._of(key)} as {key}" for key in _TEXTS]
        sums = [f"{_sum(self._of(key))} as sum_{key}" for key in _MONEY]
        times = [f"{_moment(self._of(key))} as at_{key}" for key in _TIMES]
        addresses = [f"{sql} as {name}" for name, sql in self._addresses().items()]
        taxes = " + ".join([_sum(f"h.c{place}") for place in self._taxes]) or "0::decimal(18,3)"
        countries = [f"coalesce({kind}_land.country, '') as {kind}_country" for kind in _KINDS]
        land_joins = [f"left join block_lands {kind}_land on {kind}_land.land = r.{kind}_country" for kind in _KINDS]
        return f"""
            with read as (
                select h.ord, h.row_no, {", ".join([*texts, *sums, *times, *addresses])}, {taxes} as sum_parts,
                    {self._first("paymentreferences", "paymentreference", "paymentid")} as reference
                from block_heads h
            ),
            counted as (
                select ord, count(*) as lines, bool_and(is_plain) as is_plain,
                    sum(quantity * price)::decimal(38, 3) as gross, sum(discount) as on_lines
                from block_lines group by ord
            ),
            summed as (
                select r.* exclude ({", ".join(f"{kind}_country" for kind in _KINDS)}), {", ".join(countries)},
                    l.lines, l.is_plain as are_lines_plain, l.gross, l.on_lines,
                    greatest(u.unit * 0.5 * (l.lines + 1), u.unit) as room,
                    case when r.subtotal = '' then l.gross - r.sum_discountamount else r.sum_subtotal end as net,
                    case when r.id = '' then r.name else r.id end as source_id
                from read r join counted l using (ord) left join block_units u on u.currency = r.currency
                {" ".join(land_joins)}
            ),
            judged as (
                select s.*, gross - net as discounted, gross - net > 0 and on_lines = 0 as is_shared,
                    net + sum_shipping + sum_duties as owed, m.bare, m.method, m.provider, m.is_several, m.is_test,
                    m.told as told_method, m.told_bare as told_label, p.status as payment_status,
                    g.status as fulfilment_status, g.is_back,
                    case when p.is_paid then s.sum_total
                        when p.is_back and s.outstandingbalance <> ''
                            and s.sum_total - s.sum_outstandingbalance >= s.sum_refundedamount
                            then s.sum_total - s.sum_outstandingbalance
                        when p.is_back then s.sum_total
                        when p.is_part and s.outstandingbalance <> '' then s.sum_total - s.sum_outstandingbalance
                        when p.is_part then null else 0 end as charge,
                    case when p.is_paid or p.is_back or p.is_part then s.sum_refundedamount else 0 end as refund,
                    p.is_paid, p.is_back as is_given_back,
                    case when g.is_part then 'some'
                        when g.is_gone and (s.at_fulfilledat is not null or not g.is_back) then 'all'
                        else 'none' end as leaving
                from summed s
                left join block_methods m on m.label = s.paymentmethod and m.is_free = (s.sum_total = 0)
                left join block_payments p on p.word = s.financialstatus
                left join block_parcels g on g.word = s.fulfillmentstatus
            )
            select j.* exclude ({", ".join(_PASSING)}), w.said as said_words, w.told as told_words,
                t.found as found_tags, t.told as told_tags,
                c.found as found_codes, c.told as told_codes, coalesce({" and ".join(self._conditions())}, false)
                    as is_plain,
                case when net > gross then net else gross end as goods, greatest(discounted, 0) as discount,
                abs(sum_total - owed - sum_taxes) > room as is_included, source_id as known_as,
                (format('{{:012x}}', epoch_ms(at_createdat)) || '7000' || substr(replace(uuid()::varchar, '-', ''), 17))
                    as order_id
            from judged j
            left join block_words w
                on w.payment = j.financialstatus and w.goods = j.fulfillmentstatus and w.is_shared = j.is_shared
            left join block_tags t
                on t.tags = j.tags and t.risk = j.risklevel and t.source = j.source and t.is_test = j.is_test
            left join block_codes c on c.code = j.discountcode
        """

    def _conditions(self) -> list[str]:
        """What makes an order plain. What is null is not."""
        known = ("bare", "payment_status", "fulfilment_status", "w.said", "t.found", "c.found", "room", "sum_parts")
        return [
            "are_lines_plain",
            f"not regexp_matches(name, '{_BLANK_AT_END}')",
            f"regexp_full_match(id, '[0-9]*') and (id <> '' or regexp_full_match(name, '{_QUOTABLE}'))",
            "at_createdat >= timestamp '1970-01-02' and at_createdat < timestamp '2200-01-01'",
            "cancelledat = '' and (paidat = '' or at_paidat is not null)",
            "(fulfilledat = '' or at_fulfilledat is not null)",
            "total <> ''",
            *(f"sum_{key} is not null" for key in _MONEY),
            *(f"{name} is not null" for name in known),
            f"gross < {_LARGEST}",
            "least(abs(gross - sum_discountamount - net), abs(gross - net), abs(gross - on_lines - net), "
            "abs(gross - sum_discountamount - on_lines - net)) <= room",
            "(sum_parts = 0 or abs(sum_parts - sum_taxes) <= room)",
            "(abs(sum_total - owed - sum_taxes) <= room or (sum_taxes > 0 and abs(sum_total - owed) <= room))",
            "(not j.is_shared or lines = 1)",
            "charge is not null and refund <= charge and not (is_paid and refund > 0)",
            "not (is_given_back and refund = 0)",
            f"regexp_full_match(reference, '{_QUOTABLE}') and regexp_full_match(email, '{_EMAIL}')",
            "paymenttermsname = ''",
            f"not regexp_matches(noteattributes, '{_BLANK_AT_END}')",
            *(f"not regexp_matches({cell}, '[eE]|^''(?:$|[^0-9+])')" for cell in ("phone", *_phones())),
        ]

    def _addresses(self) -> dict[str, str]:
        found = {}
        for kind in _KINDS:
            for part, key in _PARTS.items():
                cell = self._of(f"{kind}{key}")
                if part == "line1":
                    street, second = self._of(f"{kind}street"), self._of(f"{kind}address2")
                    cell = f"case when {cell} = '' and {second} = '' then {street} else {cell} end"
                if part == "postal_code":
                    cell = f"case when starts_with({cell}, '''') then substr({cell}, 2) else {cell} end"
                found[f"{kind}_{part}"] = cell
        return found

    def _first(self, *keys: str) -> str:
        return f"coalesce({', '.join(f'nullif({self._of(key)}, {EMPTY})' for key in keys)}, '')"

    def _of(self, key: str) -> str:
        return f"h.c{self._places[key]}" if key in self._places else EMPTY


EMPTY = "''"


def phone(cell: str) -> str:
    """SQL for a phone without the apostrophe that guards it from a spreadsheet."""
    return f"case when regexp_matches({cell}, '^''[0-9+]') then substr({cell}, 2) else {cell} end"


def _phones() -> list[str]:
    return [f"{kind}_phone" for kind in _KINDS]


def _sum(cell: str) -> str:
    """SQL for an amount: nothing is zero, what is none is null."""
    return (
        f"case when {cell} = '' then 0::decimal(18,3) when regexp_full_match({cell}, '{_SUM}') "
        f"then {cell}::decimal(18,3) end"
    )


def _moment(cell: str) -> str:
    """SQL for a moment in UTC, null when it is none."""
    minutes = f"substr({cell}, 22, 2)::integer * 60 + substr({cell}, 24, 2)::integer"
    return (
        f"case when regexp_full_match({cell}, '{_MOMENT}') then try_cast(left({cell}, 19) as timestamp) "
        f"- to_minutes(case when substr({cell}, 21, 1) = '-' then -1 else 1 end * ({minutes})) end"
    )
