"""Answers of the store that stay true until the store changes: asked once for all who look.

Nothing here depends on who asks; when some may see less than others, their answers must not be kept here.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from services.orders.around import change_mark
from services.shop import Shop

T = TypeVar("T")

MOST = 256  # answers for each shop
_lock = threading.Lock()
_answers: WeakKeyDictionary[Any, OrderedDict[Hashable, Any]] = WeakKeyDictionary()
_asking: dict[Hashable, threading.Lock] = {}  # held by who asks, while others wait for the answer


def remembered(shop: Shop, question: Hashable, ask: Callable[[], T]) -> T:
    """The answer to a question, asked of the store only if it has changed since."""
    key = (change_mark(shop), question)
    with _lock:
        answers = _answers.setdefault(shop.store, OrderedDict())
        if key in answers:
            answers.move_to_end(key)
            kept: T = answers[key]
            return kept
        turn = _asking.setdefault((id(shop.store), key), threading.Lock())
    with turn:  # all who look draw anew at the same change: the first asks, the others take the answer
        with _lock:
            if key in answers:
                kept = answers[key]
                return kept
        try:
            answer = ask()
            with _lock:
                answers[key] = answer
                while len(answers) > MOST:
                    answers.popitem(last=False)
        finally:
            with _lock:
                _asking.pop((id(shop.store), key), None)
    return answer
