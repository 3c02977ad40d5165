"""What a single call of a function may make, judged by what is written out: the engine looks up between blocks of
values only, so that a call that makes much out of little could not be broken off."""

from __future__ import annotations

import re
from typing import Any

from data.errors import SqlRefused
from data.workbench_functions import LISTS_OF_STEPS, LONG_STEPS, MOST_STEPS, SIZED

Node = dict[str, Any]

MOST_GROWTH = 100  # how many times longer all replacements of a question may make a text
_PADDED = 50  # letters that padding takes for granted
_UNKNOWN = 100  # how many times longer a replacement makes a text that nobody wrote out
_CHOOSING = frozenset({"filter", "list_filter", "array_filter"})
_REPLACING = frozenset({"replace", "regexp_replace"})
_LONG_STEP = re.compile(r"(?i)[1-9][0-9]{0,8} *(days?|weeks?|months?|quarters?|years?|decades?)")
_DAY = re.compile(r"(19|20|21)[0-9]{2}-.*")
# Ends of a list of days that are near one another whatever the question: of the data, or of now.
_ENDS = frozenset({
    "min", "max", "date_trunc", "datetrunc", "today", "current_date", "get_current_timestamp", "now",
    "current_localtimestamp", "transaction_timestamp",
})  # fmt: skip


class Sizes:
    """The calls of one question; `call` is told each of them."""

    def __init__(self) -> None:
        self._growth = 1.0

    def call(self, name: str, node: Node) -> None:
        """Refuse a call that may make too much, by itself or together with those before it."""
        given = node.get("children", [])
        at = node.get("query_location")
        for one in given:
            if one.get("class") == "LAMBDA":
                _check_lambda(one, name in _CHOOSING)
        if name in SIZED:
            place, most = SIZED[name]
            size = whole(given[place]) if len(given) > place else None
            if size is None or size > most:
                raise SqlRefused(
                    "{name} takes a length here that is written out and at most {most}.",
                    at=at, word=name, name=name, most=most,
                )  # fmt: skip
            self._growth *= max(1.0, size / _PADDED)
        if name in _REPLACING:
            self._growth *= _replaced(name, given)
        if self._growth > MOST_GROWTH:
            raise SqlRefused(
                "{name} would make texts too long here: all replacements together may make a text {most} times longer.",
                at=at, word=name, name=name, most=MOST_GROWTH,
            )  # fmt: skip
        if name in LISTS_OF_STEPS and node["class"] == "FUNCTION" and not _is_short_list(given):
            raise SqlRefused(
                "{name} makes a list here, which may have at most {most} numbers that are written out, or steps of a "
                "day and more. After FROM it can make any number of rows.",
                at=at, word=name, name=name, most=MOST_STEPS,
            )  # fmt: skip


def _check_lambda(node: Node, has_to_choose: bool) -> None:
    """Refuse a function of list elements that uses more than its own elements, or holds what makes a list: lists of
    lists grow by their product. Where it only has to choose elements it may look at columns."""
    left = node.get("lhs", {})
    own = {one["column_names"][-1].lower() for one in _all(left, "COLUMN_REF")}
    body = node.get("expr", {})
    making = [one for one in _all(body, "FUNCTION") if one.get("function_name", "").lower() in LISTS_OF_STEPS]
    for inner in (*_all(body, "LAMBDA"), *_all(body, "SUBQUERY"), *making):
        raise SqlRefused(
            "A lambda cannot hold a list of steps, a SELECT or another lambda.", at=inner.get("query_location")
        )
    for one in () if has_to_choose else _all(body, "COLUMN_REF"):
        if one["column_names"][0].lower() not in own:
            name = one["column_names"][-1]
            raise SqlRefused(
                "A lambda may use its own elements only, not “{name}”.",
                at=one.get("query_location"), word=name, name=name,
            )  # fmt: skip


def whole(node: Node) -> int | None:
    """A whole number that is written out; the parser may have put casts around it."""
    while node.get("class") == "CAST" or (node.get("class") == "FUNCTION" and node.get("function_name") == "trunc"):
        node = node["child"] if node["class"] == "CAST" else node["children"][0]
    value = _constant(node)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _replaced(name: str, given: list[Node]) -> float:
    """How many times longer a replacement makes a text at most."""
    if len(given) < 3:
        return 1
    taken, put = _constant(given[1]), _constant(given[2])
    if not isinstance(put, str):
        return _UNKNOWN
    if name == "regexp_replace":  # it may match nothing at all, everywhere, and give back what it matched
        return 1 + len(put) + put.count("\\") if put else 1
    return max(1.0, len(put) / max(1, len(taken))) if isinstance(taken, str) else float(max(1, len(put)))


def _is_short_list(given: list[Node]) -> bool:
    if len(given) == 3 and _is_long_step(given[2]):
        return all(map(_is_near, given[:2]))
    ends = [whole(one) for one in given]
    if not given or None in ends:
        return False
    known = [end for end in ends if end is not None]
    return abs(known[0] - (known[1] if len(known) > 1 else 0)) <= MOST_STEPS


def _is_near(node: Node) -> bool:
    """A day of these centuries that is written out, or one of the data or of now."""
    if node.get("class") == "CAST":
        return _is_near(node["child"])
    if node.get("class") == "FUNCTION" and node.get("function_name", "").lower() in _ENDS:
        return not any(_arithmetic(one) for one in node.get("children", ()))
    if node.get("class") == "COLUMN_REF":
        return node["column_names"][-1].lower() in ("current_date", "current_timestamp", "localtimestamp")
    value = _constant(node)
    return isinstance(value, str) and _DAY.fullmatch(value) is not None


def _arithmetic(node: Node) -> bool:
    """Whether something is worked out in it, beside dates of the data cut to a month."""
    return any(one.get("function_name", "").lower() not in _ENDS for one in _all(node, "FUNCTION"))


def _is_long_step(node: Node) -> bool:
    """An interval of at least a day, written out."""
    if node.get("class") == "FUNCTION" and node.get("function_name", "").lower() in LONG_STEPS:
        steps = whole(node["children"][0]) if node.get("children") else None
        return steps is not None and steps >= 1
    if node.get("class") == "CAST" and node["cast_type"].get("id") == "INTERVAL":
        value = _constant(node["child"])
        return isinstance(value, str) and _LONG_STEP.fullmatch(value.strip()) is not None
    return False


def _constant(node: Node) -> object:
    return node.get("value", {}).get("value") if node.get("class") == "CONSTANT" else None


def _all(node: Any, kind: str) -> list[Node]:
    """Every expression of a class in a part of the tree."""
    if isinstance(node, list):
        return [one for part in node for one in _all(part, kind)]
    if not isinstance(node, dict):
        return []
    own = [node] if node.get("class") == kind else []
    return own + [one for part in node.values() for one in _all(part, kind)]
