"""What the orders of a block hold, each as one text: what their content hash is of, as `Draft.content_hash` has it."""

from __future__ import annotations

from data.incoming import ADDRESS
from data.intake import GIVEN_BACK, RECEIVED
from data.shopify_cells import EMPTY, phone, plain

CHARGE, REFUND = RECEIVED[0], GIVEN_BACK[0]
_SEAM = "chr(31)"  # between the parts
_NO_OPTIONS = "'()'"

# SQL over `block_orders`
NAME = "case when billing_name = '' then shipping_name else billing_name end"
PHONE = f"coalesce(nullif({phone('phone')}, ''), nullif({phone('shipping_phone')}, ''), {phone('billing_phone')})"
ADDRESSES = {
    f"{kind}_{part}": phone(f"{kind}_phone") if part == "phone" else f"{kind}_{part}"
    for kind in ("shipping", "billing")
    for part in ADDRESS
}


def _python(text: str) -> str:
    """SQL for a text between single quotes, as Python writes one that has none in it."""
    return f"chr(39) || {text} || chr(39)"


def _tuple(*parts: str) -> str:
    """SQL for parts behind each other, with commas between them."""
    return " || ', ' || ".join(parts)


def contents() -> str:
    """SQL for (order, text) of what the plain orders hold: as `Draft.content_hash` has it."""
    sums = [_python(plain(name)) for name in ("quantity", "unit_price", "discount", "0", "shipped", "returned", "0")]
    line = f"'(' || {_tuple('said', _NO_OPTIONS, _python('kind'), _python(EMPTY), *sums)} || ')'"
    in_parcel = f"'[' || {_tuple(_python('nth'), _python(plain('shipped')), _python(plain('returned')))} || ']'"
    nothing = _python(EMPTY)
    charge = _tuple(
        _python(f"'{CHARGE}'"), _python(plain("charge")), _python("coalesce(at_paidat::varchar, '')"), "told_method",
        f"case when is_several then told_label else {_python('reference')} end", nothing,
        _python(f"source_id || ':{CHARGE}:1'"),
    )  # fmt: skip
    refund = _tuple(
        _python(f"'{REFUND}'"), _python(plain("refund")), nothing, "told_method", nothing, nothing,
        _python(f"source_id || ':{REFUND}:1'"),
    )  # fmt: skip
    parcel = _tuple(
        "'[' || in_parcel || ']'", _python("coalesce(at_fulfilledat::varchar, 'None')"), nothing, nothing, nothing,
        _python("'None'"), _python("source_id || ':parcel:1'"),
    )  # fmt: skip
    flags = ("'False'", "'False'")
    texts = (
        "name", "currency", "case when is_included then 'True' else 'False' end", "payment_status",
        "fulfilment_status", "method", "bare", EMPTY, "reference", "email", NAME, PHONE, EMPTY,
        "notes", "shippingmethod", *flags,
    )  # fmt: skip
    amounts = [plain(name) for name in ("goods", "sum_total", "discount", "sum_shipping", "sum_duties", "sum_taxes")]
    parts = [
        *texts, *amounts, "at_createdat::varchar", *ADDRESSES.values(),
        f"'(' || {_tuple('told_tags', 'told_codes', 'told_words')} || ')'", "g.lines",
        f"case when charge > 0 then '(' || {charge} || ')' end",
        f"case when refund > 0 then '(' || {refund} || ')' end",
        f"case when in_parcel is not null then '[' || {parcel} || ']' end",
    ]  # fmt: skip
    return f"""
        with g as (
            select ord, array_to_string(list_sort(list({line})), {_SEAM}) as lines,
                string_agg({in_parcel}, ', ' order by nth) filter (shipped > 0) as in_parcel
            from block_goods group by ord
        )
        select ord, concat_ws({_SEAM}, {", ".join(parts)}) as content
        from block_orders o join g using (ord) order by ord
    """
