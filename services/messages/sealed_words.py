"""Words in a mail that stand for a secret: a link's token, a gift card's code.

A message keeps only the word. It is put in its place in memory, right before the mail leaves, and only for a secret of
the message's own order; whoever reads the message here sees dots.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from data import downloads, gift_cards
from data.store import Reader, Row
from services.errors import Conflict
from services.goods import codes, sealing

DOTS = "••••••••"


class Hidden(StrEnum):
    """What a word stands for."""

    LINK = "link"
    CARD = "card"


_WORD = re.compile(r"sealed-(link|card)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


def word(what: Hidden, of: str) -> str:
    """The word for the secret of a link or a card; it may stand in an address."""
    return f"sealed-{what}-{of}"


def masked(text: str) -> str:
    """The text as a person may read it: dots for every secret."""
    return _WORD.sub(DOTS, text)


def holds_any(*texts: str) -> bool:
    """Whether a secret belongs in one of the texts."""
    return any(_WORD.search(text) for text in texts)


def filled(read: Reader, secret: str, rows: Iterable[Row]) -> tuple[list[Row], dict[str, str]]:
    """Messages with their secrets in place; and for those where that cannot be, by id, why not in a sentence."""
    done: list[Row] = []
    failed: dict[str, str] = {}
    for row in rows:
        found = {match.groups() for match in _WORD.finditer(row["body_text"] + row["body_html"])}
        if not found:
            done.append(row)
            continue
        try:
            words = {word(Hidden(what), of): _opened(read, secret, Hidden(what), of, row) for what, of in found}
        except Conflict as reason:
            failed[row["id"]] = reason.sentence
            continue
        done.append(row | {name: _replaced(row[name], words) for name in ("body_text", "body_html")})
    return done, failed


def _opened(read: Reader, secret: str, what: Hidden, of: str, row: Row) -> str:
    kept = downloads.sealed_tokens(read, [of]) if what is Hidden.LINK else gift_cards.sealed_codes(read, [of])
    sealed = kept.get(of)
    if sealed is None or sealed["order_id"] != row["order_id"]:
        return DOTS  # somebody wrote such a word by hand
    if what is Hidden.LINK:
        return sealing.unseal(secret, sealed["sealed_token"])
    return codes.grouped(sealing.unseal(secret, sealed["sealed_code"]))


def _replaced(text: str, words: Mapping[str, str]) -> str:
    return _WORD.sub(lambda match: words[match[0]], text)
