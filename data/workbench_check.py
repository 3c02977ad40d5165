"""The gate for a person's own SQL: the engine parses it, a walk over the parse refuses all but harmless reading.

Parsing happens in an engine of its own that holds nothing and may reach nothing; a text that passes is run elsewhere.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import duckdb

from data.errors import SqlRefused
from data.sentences import engine_errors, first_line
from data.workbench_views import NAMES, VIEWS
from data.workbench_walk import Walk

LONGEST = 100_000  # characters of a question
_NOTHING = "There is nothing to run: write a SELECT."
# Control characters that a text may hold: the last one marks words that are whole codes, in the SQL of our figures.
_SEEN = "\t\n\r\x1f"
TOO_DEEP = "This is nested too deeply to be asked."
_PARSE = "select json_serialize_sql(?::varchar, skip_null := true, skip_empty := true, skip_default := true)"


@dataclass(frozen=True, slots=True)
class Checked:
    """A text that may be run: the views it reads, and the parameters it asks for, in their order."""

    text: str
    views: tuple[str, ...]
    parameters: tuple[str, ...]


def check(text: str, views: Iterable[str] = NAMES, proposed: Iterable[str] = VIEWS) -> Checked:
    """The text, if it is one SELECT that reads `views` only. Raises `SqlRefused` with a sentence and the place."""
    if len(text) > LONGEST:
        raise SqlRefused("This is too long: a question has at most {most} characters.", most=LONGEST)
    for place, letter in enumerate(text):
        if (letter < " " and letter not in _SEEN) or letter == "\x7f" or "\ud800" <= letter <= "\udfff":
            raise SqlRefused("A character that cannot be seen stands here. Take it away.", at=len(_bytes(text[:place])))
    walk = Walk(views, proposed)
    try:
        walk.statement(_parsed(text))
    except RecursionError as error:
        raise SqlRefused(TOO_DEEP) from error
    for name in walk.parameters:
        if name.isdecimal():
            raise SqlRefused("Give a parameter a name: $month instead of ? or $1.")
    return Checked(text, tuple(walk.used), tuple(walk.parameters))


def _parsed(text: str) -> dict[str, object]:
    """The one statement of a text as the engine's tree."""
    with _lock(), engine_errors():
        try:
            found = _engine().execute(_PARSE, [text]).fetchone()
        except duckdb.InvalidInputException as error:  # what its JSON cannot hold
            raise SqlRefused("This cannot be asked here ({kind}).", kind=first_line(str(error))) from error
    told = json.loads(found[0]) if found else {}
    if told.get("error"):
        raise _not_parsed(text, told)
    statements = told.get("statements", [])
    if not statements:
        raise SqlRefused(_NOTHING)
    if len(statements) > 1:
        raise SqlRefused("Only one statement can be asked at a time: leave out what follows the first “;”.")
    one: dict[str, object] = statements[0]
    return one


def _not_parsed(text: str, told: dict[str, str]) -> SqlRefused:
    words = told.get("error_message", "")
    if told.get("error_type") == "parser":
        at = int(told["position"]) if told.get("position", "").isdigit() else None
        if "at end of input" in words:
            if not text.strip().strip(";"):
                return SqlRefused(_NOTHING)
            return SqlRefused("The question ends too early: something is missing here.", at=len(_bytes(text.rstrip())))
        if words.startswith('syntax error at or near "'):
            near = words.removeprefix('syntax error at or near "').removesuffix('"')
            return SqlRefused("“{name}” is not expected here.", at=at, word=near, name=near)
        if "memory exhausted" in words or "depth limit" in words:
            return SqlRefused(TOO_DEEP)
        return SqlRefused("The engine does not understand this: {first}", at=at, first=first_line(words))
    if text.lstrip().lower().startswith(("pivot", "from")):
        return SqlRefused(
            "A PIVOT names its values and stands in brackets: select * from (pivot … on … in (…) using …)."
        )
    return SqlRefused("Only reading is possible here: one SELECT. {first}", first=_kept_words(words))


def _kept_words(words: str) -> str:
    """What the engine adds, unless it only says the same."""
    return "" if words.startswith("Only SELECT") else first_line(words)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": False,
        "lock_configuration": True,
        "threads": 1,
        "memory_limit": "64MB",
    }
    return duckdb.connect(":memory:", config=config)


@cache
def _lock() -> threading.Lock:
    return threading.Lock()
