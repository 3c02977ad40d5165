"""What a table's columns probably are, how sure that is, and what only a person can say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from services import money
from services.imports.amounts import NumberStyle
from services.imports.grids import Grid
from services.imports.headers import AMOUNTS, PER_LINE, Field, folded, meaning
from services.imports.joining import Joined
from services.imports.mapping import Answer, Mapping, hash_of
from services.imports.profiling import Profile, profile
from services.imports.words import known_words
from services.language import _
from services.orders.statuses import FulfilmentStatus, PaymentStatus

# headers that mean different things in different tables
_LIARS = frozenset({"name", "total", "discount", "amount", "region", "order", "date", "status", "id", "description"})
_CENTS_FROM = 500
_INSIDE = 100  # how much surer a name is that stands in the lines themselves

# questions that are no `Answer`: words whose meaning goes to `status_words` (the choices are the words), and the key
STATUS_WORDS, KEY = "status_words", "key"


@dataclass(frozen=True)
class ColumnGuess:
    """A column with what it probably is. `confidence` runs from 0 to 1."""

    column: str
    field: str
    confidence: float
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """Something that the table leaves open. `choices` are values with what they mean; `proposed` is what is taken
    unless a person says otherwise, empty when it must be answered before anything is imported."""

    name: str
    text: str
    choices: tuple[tuple[str, str], ...]
    proposed: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it must be answered."""
        return not self.proposed


@dataclass(frozen=True)
class Guess:
    """A proposal for a table: its mapping, every column, and the questions."""

    mapping: Mapping
    columns: tuple[ColumnGuess, ...]
    questions: tuple[Question, ...]

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """What must be answered before anything is imported."""
        return tuple(one for one in self.questions if one.is_open)


def guess(table: Grid | Joined, own_currency: str, zone: str, given: Mapping | None = None) -> Guess:
    """A proposal; what `given` says already is kept and not asked again."""
    fields = dict(given.fields) if given and given.fields else fields_of(table.header)
    tells = [fields[name] for name in (Field.CUSTOMER_ID, Field.EMAIL, Field.NAME, Field.PLACED_AT) if name in fields]
    wanted = set(fields.values())
    seen = profile(table.header, table.rows(), wanted, fields.get(Field.NUMBER, ""), tells)
    mapping = Mapping(
        name=given.name if given and given.name else table.name,
        fields=fields,
        key=given.key if given and given.key else _key(fields, seen),
        answers=dict(given.answers) if given else {},
        status_words=dict(given.status_words) if given else {},
        joins=table.joins if isinstance(table, Joined) else (),
        header_hash=hash_of(table.header),
    )
    questions = _questions(mapping, seen, own_currency, zone)
    answers = {one.name: one.proposed for one in questions if one.proposed and one.name in list(Answer)}
    mapping = mapping.corrected(answers={**answers, **mapping.answers})
    asked = tuple(one for one in questions if one.name not in (given.answers if given else {}))
    return Guess(mapping, _columns(table, fields, seen), asked)


def fields_of(header: Sequence[str]) -> dict[str, str]:
    """field -> column by the names alone: of several columns for a field the surest name wins."""
    best: dict[str, tuple[int, str]] = {}
    for column in header:
        if column.endswith(".payments"):
            best[Field.PAYMENTS] = (0, column)
        elif found := meaning(column):
            # an SKU outside of the lines, beside one in each of them, is the list of all
            place = found[1] - _INSIDE if found[0] is Field.SKU and "." in column else found[1]
            if found[0] not in best or place < best[found[0]][0]:
                best[found[0]] = (place, column)
    fields = {str(name): column for name, (_place, column) in best.items()}
    for single in (Field.FIRST_NAME, Field.LAST_NAME):
        if Field.NAME in fields:
            fields.pop(single, None)
    return fields


def _key(fields: dict[str, str], seen: Profile) -> tuple[str, ...]:
    number = fields.get(Field.NUMBER, "")
    if not seen.is_weak:
        return (number,) if number else ()
    more = [
        fields.get(Field.CUSTOMER_ID) or fields.get(Field.EMAIL) or fields.get(Field.NAME),
        fields.get(Field.PLACED_AT),
    ]
    return (number, *(column for column in more if column))


def _columns(table: Grid | Joined, fields: dict[str, str], seen: Profile) -> tuple[ColumnGuess, ...]:
    by_column = {column: name for name, column in fields.items()}
    samples = table.sample(5)
    found = []
    for place, column in enumerate(table.header):
        name = by_column.get(column, "")
        liar = folded(column.rpartition(".")[2]) in _LIARS
        values = seen.columns[column].samples if column in seen.columns else [row[place] for row in samples]
        confidence = 0.0 if not name else 0.6 if liar else 0.95
        found.append(ColumnGuess(column, name, confidence, tuple(dict.fromkeys(v for v in values if v))[:3]))
    return tuple(found)


def _questions(mapping: Mapping, seen: Profile, own_currency: str, zone: str) -> list[Question]:
    fields = mapping.fields
    asked = [*_about_dates(mapping, seen, zone), *_about_numbers(mapping, seen)]
    style = NumberStyle(mapping.answer(Answer.NUMBER_STYLE) or _proposed(asked, Answer.NUMBER_STYLE) or NumberStyle.DOT)
    asked += _about_amounts(mapping, seen, style)
    asked += _about_currency(mapping, seen, own_currency)
    if Field.TAX in fields or _says_tax(fields):
        said = _says_tax(fields)
        asked.append(
            Question(
                Answer.TAX_INCLUDED,
                _("Do the prices hold the tax?"),
                (("yes", _("yes")), ("no", _("no"))),
                said or "no",
            )
        )
    if Field.PAYMENT_STATUS not in fields and Field.PAYMENTS not in fields:
        choices = tuple((word.value, word.value) for word in (PaymentStatus.AWAITING_PAYMENT, PaymentStatus.PAID))
        asked.append(
            Question(Answer.PAYMENT_STATUS, _("No column says whether orders are paid. Are they?"), choices,
                     PaymentStatus.AWAITING_PAYMENT)
        )  # fmt: skip
    if Field.STATUS not in fields:
        goods = (FulfilmentStatus.AWAITING_PROCESSING, FulfilmentStatus.SHIPPED, FulfilmentStatus.DELIVERED)
        asked.append(
            Question(Answer.FULFILMENT_STATUS, _("No column says where the goods are. Where are they?"),
                     tuple((word.value, word.value) for word in goods), FulfilmentStatus.AWAITING_PROCESSING)
        )  # fmt: skip
    unknown = [word for word in _status_words(mapping, seen) if word and not known_words(word, mapping.status_words)]
    if unknown:
        text = _("What do these status words mean: {words}?", words=", ".join(unknown))
        asked.append(Question(STATUS_WORDS, text, tuple((word, word) for word in unknown), "cautious"))
    if seen.is_weak:
        text = _(
            "Rows of one order number belong to different customers or days: {key} together make an order one.",
            key=" + ".join(mapping.key),
        )
        asked.append(Question(KEY, text, (), "+".join(mapping.key)))
    return asked


def _proposed(asked: Sequence[Question], name: str) -> str:
    return next((one.proposed for one in asked if one.name == name), "")


def _about_dates(mapping: Mapping, seen: Profile, zone: str) -> list[Question]:
    asked = []
    dates = [seen.columns[c] for f in (Field.PLACED_AT, Field.SHIPPED_AT) if (c := mapping.column(f)) in seen.columns]
    if any(one.has_parted for one in dates):
        says = set().union(*(one.orders for one in dates))
        samples = ", ".join(dates[0].samples[:3])
        text = _("Which part of the date is the day: {samples}?", samples=samples)
        choices = (("dmy", _("day, month, year")), ("mdy", _("month, day, year")))
        asked.append(Question(Answer.DATE_ORDER, text, choices, says.pop().value if len(says) == 1 else ""))
    if any(one.has_naive for one in dates):
        text = _("Times without an offset are read on the shop's clock.")
        asked.append(Question(Answer.ZONE, text, ((zone, zone),), zone))
    return asked


def _about_numbers(mapping: Mapping, seen: Profile) -> list[Question]:
    columns = [(c, seen.columns[c]) for f in AMOUNTS if (c := mapping.column(f)) in seen.columns]
    signed = [(name, one) for name, one in columns if one.has_sign]
    if not signed:
        return []
    says = set().union(*(one.styles for _name, one in signed))
    name, first = signed[0]
    text = _("Which sign stands before the decimals in “{column}”: {samples}?", column=name,
             samples=", ".join(first.samples[:3]))  # fmt: skip
    choices = (("dot", _("dot: 1,234.56")), ("comma", _("comma: 1.234,56")))
    return [Question(Answer.NUMBER_STYLE, text, choices, says.pop().value if len(says) == 1 else "")]


def _about_amounts(mapping: Mapping, seen: Profile, style: NumberStyle) -> list[Question]:
    asked = []
    columns = {f: seen.columns[c] for f in AMOUNTS if (c := mapping.column(f)) in seen.columns}
    priced = {f: one for f, one in columns.items() if f is not Field.DISCOUNT and one.filled}
    named = any(folded(mapping.column(f)).endswith(("amount", "cents", "montant")) for f in priced)
    named = named or Field.PAYMENTS in mapping.fields
    if priced and all(one.is_whole for one in priced.values()) and named:
        median = max((one.median(style) or money.ZERO) for one in priced.values())
        if median >= _CENTS_FROM:
            sample = next(iter(priced.values())).samples[0]
            text = _(
                "Does {sample} mean {cents} or {units}?", sample=sample, cents=f"{int(sample) / 100:.2f}", units=sample
            )
            asked.append(Question(Answer.AMOUNTS_IN, text, (("cents", _("cents")), ("units", _("whole units")))))
    if Field.PAYMENTS in mapping.fields and not priced:
        asked += _about_payments(mapping, seen)
    if (one := columns.get(Field.DISCOUNT)) and one.filled:
        column = folded(mapping.column(Field.DISCOUNT))
        percent = "%" in mapping.column(Field.DISCOUNT) or "percent" in column or any("%" in s for s in one.samples)
        proposed = "percent" if percent else "share" if one.is_share(style) else "amount"
        text = _("What is the discount: {samples}?", samples=", ".join(one.samples[:3]))
        choices = (("amount", _("an amount")), ("share", _("a share of the price, 0 to 1")), ("percent", _("percent")))
        asked.append(Question(Answer.DISCOUNT_IS, text, choices, proposed))
    if seen.repeats or any(mapping.column(f) for f in PER_LINE):
        both = (("order", _("the order")), ("line", _("the line")))
        for name, answer in ((Field.TOTAL, Answer.TOTAL_IS), (Field.SHIPPING_FEE, Answer.SHIPPING_IS)):
            if column := mapping.column(name):
                proposed = "line" if column in seen.varies else "order"
                asked.append(
                    Question(answer, _("Is “{column}” of the order or of the line?", column=column), both, proposed)
                )
    return asked


def _about_payments(mapping: Mapping, seen: Profile) -> list[Question]:
    """Whole numbers in the payments beside the orders may be cents."""
    amounts = [
        value
        for text in seen.columns[mapping.column(Field.PAYMENTS)].numbers
        for _method, value, _at in json.loads(text)
    ]
    whole = sorted(int(value) for value in amounts if value.isdigit())
    if not whole or len(whole) < len(amounts) or whole[len(whole) // 2] < _CENTS_FROM:
        return []
    sample = str(whole[len(whole) // 2])
    text = _("Does {sample} mean {cents} or {units}?", sample=sample, cents=f"{int(sample) / 100:.2f}", units=sample)
    return [Question(Answer.AMOUNTS_IN, text, (("cents", _("cents")), ("units", _("whole units"))))]


_SYMBOLS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₫": "VND", "₽": "RUB", "₺": "TRY"}


def _about_currency(mapping: Mapping, seen: Profile, own: str) -> list[Question]:
    if Field.CURRENCY in mapping.fields:
        return []
    samples = [text for f in AMOUNTS if (c := mapping.column(f)) in seen.columns for text in seen.columns[c].samples]
    symbols = {sign for text in samples for sign in (*_SYMBOLS, "$") if sign in text}
    proposed = own
    if len(symbols) == 1:
        sign = symbols.pop()
        dollars = own if money.shown(money.ZERO, own, "en").startswith("$") or own.endswith("D") else ""
        proposed = _SYMBOLS.get(sign, dollars)
    text = _("No column names the currency.")
    return [Question(Answer.CURRENCY, text, ((own, own),), proposed)]


def _says_tax(fields: dict[str, str] | object) -> str:
    names = [folded(column).split() for column in fields.values()] if isinstance(fields, dict) else []
    if any("ttc" in words or "taxful" in words for words in names):
        return "yes"
    return "no" if any("ht" in words for words in names) else ""


def _status_words(mapping: Mapping, seen: Profile) -> list[str]:
    words = []
    for name in (Field.STATUS, Field.PAYMENT_STATUS):
        if (column := mapping.column(name)) in seen.columns:
            words += list(seen.columns[column].words)
    return words
