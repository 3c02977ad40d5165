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


def remembered(shop: Shop, question: Hashable, ask: Callable[[], T]) -> T:
    """The answer to a question, asked of the store only if it has changed since."""
    key = (change_mark(shop), question)
    with _lock:
        answers = _answers.setdefault(shop.store, OrderedDict())
        if key in answers:
            answers.move_to_end(key)
            kept: T = answers[key]
            return kept
    answer = ask()
    with _lock:
        answers[key] = answer
        while len(answers) > MOST:
            answers.popitem(last=False)
    return answer
