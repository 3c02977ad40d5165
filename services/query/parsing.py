"""From text to a filter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from data.filters import Condition, Field, Filter, Text
from services.language import _
from services.query.mistakes import Misread, nearest
from services.query.tokens import Token, tokens
from services.query.values import Unreadable, value

LONGEST = 4000  # characters of a query
MOST = 50  # tokens of a query
_FIGURES = re.compile(r"[0-9+().\-/]+")


def parse(query: str) -> Filter:
    """The filter that a query means. Raises `Misread` with a sentence that shows where and proposes what is near."""
    query = query.encode("utf-8", "replace").decode("utf-8")
    if len(query) > LONGEST:
        raise Misread(_("The query is longer than {most} characters.", most=LONGEST), query[:80], 80, 1)
    found = tokens(query)
    if len(found) > MOST:
        extra = found[MOST]
        raise Misread(_("The query has more than {most} words.", most=MOST), query, extra.position, 1)
    conditions = [_words(run) if len(run) > 1 else _condition(query, run[0]) for run in _runs(found)]
    return Filter(tuple(dict.fromkeys(condition for condition in conditions if condition)))


def _runs(found: list[Token]) -> Iterator[list[Token]]:
    """Each token by itself, but figures side by side together: `06 12 34 56 78` may be one phone number."""
    for is_figures, group in groupby(found, _is_figures):
        run = list(group)
        yield from [run] if is_figures else ([token] for token in run)


def _is_figures(token: Token) -> bool:
    piece = token.pieces[0]
    is_word = not (token.field or token.is_negated or piece.is_quoted)
    return is_word and bool(_FIGURES.fullmatch(piece.text))


def _words(run: list[Token]) -> Condition:
    return Condition(None, (Text(" ".join(token.pieces[0].text for token in run)),))


def _condition(query: str, token: Token) -> Condition | None:
    if token.field:
        return _field(query, token)
    piece = token.pieces[0]
    if not piece.text.strip():
        return None
    return Condition(None, (Text(piece.text, piece.is_quoted),), token.is_negated)


def _field(query: str, token: Token) -> Condition:
    name = token.field.lower()
    start = token.position + token.is_negated
    if name not in tuple(Field):
        meant = nearest(name, Field)
        after = query[start + len(token.field) :]
        if meant:
            raise Misread(
                _("There is no field “{field}” (character {place}). Did you mean {meant}? Put text with a colon in "
                  "quotation marks.", field=token.field, place=start + 1, meant=meant),
                query, start, len(token.field), query[:start] + meant + after,
            )  # fmt: skip
        raise Misread(
            _("There is no field “{field}” (character {place}). Put text with a colon in quotation marks.",
              field=token.field, place=start + 1),
            query, start, len(token.field),
        )  # fmt: skip
    values = []
    for piece in token.pieces:
        try:
            values.append(value(Field(name), piece.text, piece.is_quoted))
        except Unreadable as error:
            end = piece.position + piece.length
            proposal = query[: piece.position] + error.meant + query[end:] if error.meant else ""
            raise Misread(
                _("{sentence} (character {place})", sentence=str(error), place=piece.position + 1),
                query, piece.position, piece.length, proposal,
            ) from error  # fmt: skip
    return Condition(Field(name), tuple(dict.fromkeys(values)), token.is_negated)
