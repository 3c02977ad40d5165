"""The query language is read, written and said, and every mistake is answered with a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.filters import Condition, Field, Filter, Presence, Range, Text
from services import language
from services.query import Misread, in_words, parse, write


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("ines", Condition(None, (Text("ines"),))),
        ('"two words"', Condition(None, (Text("two words", True),))),
        (r'"say \"hi\" \\ "', Condition(None, (Text('say "hi" \\ ', True),))),
        ("06 12 34", Condition(None, (Text("06 12 34"),))),
        ('city:"new york",Paris', Condition(Field.CITY, (Text("new york"), Text("Paris")))),
        ("-Payment:PAID", Condition(Field.PAYMENT, (Text("paid"),), True)),
        ("total:>10", Condition(Field.TOTAL, (Range(Decimal(10), None, False),))),
        ("total:>=10", Condition(Field.TOTAL, (Range(Decimal(10)),))),
        ("total:10..20.50", Condition(Field.TOTAL, (Range(Decimal(10), Decimal("20.50")),))),
        ("placed:2026-02", Condition(Field.PLACED, (Range(date(2026, 2, 1), date(2026, 2, 28)),))),
        ("placed:..2026-03-14", Condition(Field.PLACED, (Range(None, date(2026, 3, 14)),))),
        ("month:2026-01..2026-03", Condition(Field.MONTH, (Range("2026-01", "2026-03"),))),
        ("number:1000..1099", Condition(Field.NUMBER, (Range(Decimal(1000), Decimal(1099)),))),
        ("tag:none", Condition(Field.TAG, (Presence.NONE,))),
        ('name:"none"', Condition(Field.NAME, (Text("none"),))),
        ("09:26", Condition(None, (Text("09:26"),))),
        ('"http://example.com"', Condition(None, (Text("http://example.com", True),))),
    ],
)
def test_a_query_means_a_condition(query: str, condition: Condition) -> None:
    assert parse(query) == Filter((condition,))


@pytest.mark.parametrize(
    ("query", "position", "says", "proposal"),
    [
        ("paid pament:paid", 5, "no field “pament” (character 6). Did you mean payment?", "paid payment:paid"),
        ("payment:payd", 8, "“payd” is no payment. Did you mean paid?", "payment:paid"),
        ("fulfilment:nowhere", 11, "It takes awaiting_processing, processing", ""),
        ("month:2026-13", 6, "months go from 01 to 12", ""),
        ("placed:2026-02-30", 7, "no day of the calendar", ""),
        ("placed:yesterday", 7, "no date", ""),
        ("total:10,ten", 9, "“ten” is no amount", ""),
        ("total:20..10", 6, "ends before it begins", "total:10..20"),
        ("total:..", 6, "A range needs", ""),
        ("total:NaN", 6, "is no amount", ""),
        ("number:>x", 7, "no whole number", ""),
        ("city:", 5, "city: needs a value", ""),
        ('say "hi', 4, "at character 5 is not closed", 'say "hi"'),
        ("http://example.com", 0, "no field “http”", ""),
        ("x" * 4001, 80, "longer than 4000", ""),
        ("x " * 51, 100, "more than 50", ""),
    ],
)
def test_a_mistake_is_shown_where_it_is(query: str, position: int, says: str, proposal: str) -> None:
    with pytest.raises(Misread) as caught:
        parse(query)
    assert says in caught.value.sentence
    assert (caught.value.position, caught.value.proposal) == (position, proposal)
    assert caught.value.fields["q"].splitlines()[-1].startswith(" " * position + "^")


@given(st.text(alphabet=st.characters(), max_size=60) | st.text(alphabet='ab:",-.\\ <>=0159#nome', max_size=40))
def test_any_text_is_a_query_or_a_mistake(text: str) -> None:
    try:
        found = parse(text)
    except Misread:
        return
    assert parse(write(found)) == found


@given(st.text(max_size=60).filter(lambda text: text.strip() and "\ud800" not in text))
def test_any_text_can_be_asked_for_in_quotation_marks(text: str) -> None:
    kept = text.encode("utf-8", "replace").decode()
    asked = '"' + kept.replace("\\", "\\\\").replace('"', '\\"') + '"'
    assert parse(asked) == Filter((Condition(None, (Text(kept, True),)),))


def test_a_filter_is_said_part_by_part() -> None:
    query = parse("payment_method:paypal month:2026-03 fulfilment:awaiting_processing -country:FR total:>100 due:any")
    parts = in_words(query, {Field.PAYMENT_METHOD: {"paypal": "PayPal"}})
    assert [part.text for part in parts] == [
        "paid with PayPal", "placed in March 2026", "to prepare", "not Country: France", "Total: over 100", "Due: any",
    ]  # fmt: skip
    assert write(parts[0].without) == write(parse("month:2026-03 fulfilment:awaiting_processing -country:FR "
                                                  "total:>100 due:any"))  # fmt: skip


def test_a_filter_is_said_in_french() -> None:
    with language.use("fr"):
        parts = in_words(parse('payment_method:paypal placed:2026-03-14 kaba status:paid,shipped "deux mots"'))
    assert [part.text for part in parts] == [
        "payées par PayPal",
        "date de commande\u00a0: 14 mars 2026",
        "«\u00a0kaba\u00a0»",
        "payée ou expédiée",
        "«\u00a0deux mots\u00a0»",
    ]


def test_a_choice_is_put_beside_the_others_or_taken_away() -> None:
    filter = parse("kaba payment:paid")
    assert write(filter.with_choices(Field.PAYMENT, ("paid", "refunded"))) == "kaba payment:paid,refunded"
    assert write(filter.with_choices(Field.PAYMENT, ())) == "kaba"
    assert filter.choices(Field.PAYMENT) == ("paid",)
