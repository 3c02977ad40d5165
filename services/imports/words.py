"""Status words of tables: ours, and those that a mapping explains."""

from __future__ import annotations

from collections.abc import Mapping

from services.imports.headers import folded
from services.imports.status_words import TABLE_WORDS
from services.orders.statuses import FulfilmentStatus, PaymentStatus

Pair = tuple[PaymentStatus | None, FulfilmentStatus | None]

_YES, _NO = frozenset({"true", "yes", "oui", "1", "vrai"}), frozenset({"false", "no", "non", "0", "faux"})


def known_words(word: str, own: Mapping[str, tuple[str, str]]) -> Pair | None:
    """Payment and fulfilment that a word stands for; None when nobody knows it. `own` are the mapping's words."""
    if word in own:
        payment, goods = own[word]
        return PaymentStatus(payment) if payment else None, FulfilmentStatus(goods) if goods else None
    key = folded(word)
    if key in _YES:
        return PaymentStatus.PAID, None
    if key in _NO:
        return PaymentStatus.AWAITING_PAYMENT, None
    return TABLE_WORDS.get(key.replace(" ", "_"))
