"""How the columns of a table become orders: guessed, corrected by a person, kept as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from services.errors import Invalid
from services.imports.headers import Field, folded
from services.language import _

# the column that a file of rejects has besides those of its source
REASON = "comptoir_reason"


class Answer(StrEnum):
    """What a table leaves open; the words of a mapping file's `answers`."""

    DATE_ORDER = "date_order"  # dmy, mdy
    NUMBER_STYLE = "number_style"  # dot, comma
    ZONE = "zone"  # IANA name
    CURRENCY = "currency"  # ISO 4217
    AMOUNTS_IN = "amounts_in"  # units, cents
    DISCOUNT_IS = "discount_is"  # amount, share, percent
    TOTAL_IS = "total_is"  # order, line
    SHIPPING_IS = "shipping_is"  # order, line
    TAX_INCLUDED = "tax_included"  # yes, no
    PAYMENT_STATUS = "payment_status"  # where no column tells it
    FULFILMENT_STATUS = "fulfilment_status"


@dataclass(frozen=True)
class Join:
    """A further table: its rows whose column `on` equals the column `by` of what is known so far. `role` is `lookup`
    (one row each), `lines` or `payments` (many)."""

    table: str
    role: str
    by: str
    on: str


@dataclass(frozen=True)
class Mapping:
    """A mapping. `fields` is field -> column; `key` the columns that make an order one; `status_words` the table's
    words -> (payment status, fulfilment status), either empty. `header_hash` is what it is remembered by."""

    name: str = ""
    fields: Dict[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    answers: Dict[str, str] = field(default_factory=dict)
    status_words: Dict[str, tuple[str, str]] = field(default_factory=dict)
    joins: tuple[Join, ...] = ()
    header_hash: str = ""

    def column(self, name: Field) -> str:
        """The column of a field, empty when there is none."""
        return self.fields.get(name, "")

    def answer(self, name: Answer, default: str = "") -> str:
        """What was answered."""
        return self.answers.get(name, default)

    def corrected(self, **changes: Any) -> Mapping:
        """The mapping with fields, answers or status words put right; an empty column takes a field away."""
        fields = {**self.fields, **changes.get("fields", {})}
        return replace(
            self,
            fields={name: column for name, column in fields.items() if column},
            answers={**self.answers, **changes.get("answers", {})},
            status_words={**self.status_words, **changes.get("status_words", {})},
            key=tuple(changes.get("key", self.key)),
            name=changes.get("name", self.name),
        )

    def as_json(self) -> str:
        """The mapping as a file of its own, to be given again with `--mapping`."""
        return json.dumps(
            {
                "name": self.name,
                "fields": dict(self.fields),
                "key": list(self.key),
                "answers": dict(self.answers),
                "status_words": {word: list(pair) for word, pair in self.status_words.items()},
                "joins": [vars(join) for join in self.joins],
            },
            ensure_ascii=False,
            indent=2,
        )


def from_json(text: str, header_hash: str = "") -> Mapping:
    """A mapping from its JSON. Raises `Invalid` with a sentence for what is none."""
    try:
        given = json.loads(text)
        if not isinstance(given, dict):
            raise ValueError
        unknown = set(given.get("fields", {})) - set(Field) | set(given.get("answers", {})) - set(Answer)
        if unknown:
            raise Invalid(_("The mapping names what there is not: {names}.", names=", ".join(sorted(unknown))))
        return Mapping(
            name=str(given.get("name", "")),
            fields={str(name): str(column) for name, column in given.get("fields", {}).items()},
            key=tuple(map(str, given.get("key", ()))),
            answers={str(name): str(value) for name, value in given.get("answers", {}).items()},
            status_words={
                str(word): (str(pair[0]), str(pair[1])) for word, pair in given.get("status_words", {}).items()
            },
            joins=tuple(Join(**join) for join in given.get("joins", ())),
            header_hash=header_hash,
        )
    except (ValueError, TypeError, AttributeError, IndexError) as error:
        raise Invalid(_("The mapping is no JSON of the right shape.")) from error


def load(path: Path) -> Mapping:
    """A mapping from a file."""
    try:
        return from_json(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(_("The mapping “{name}” cannot be read.", name=str(path))) from error


def hash_of(header: Sequence[str]) -> str:
    """What a table's mapping is remembered by: its columns, whatever their order."""
    return hashlib.blake2b(
        "\n".join(sorted(folded(name) for name in header if name != REASON)).encode(), digest_size=16
    ).hexdigest()
