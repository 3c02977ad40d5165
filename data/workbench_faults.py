"""What the engine says against a person's own SQL, as a sentence with the place it is about."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from data.errors import QueryRefused, SqlRefused, StoreError
from data.sentences import first_line, sentence
from data.workbench_days import MOST_DAYS, TOO_FAR

_TYPES = r"['\"]?([A-Z][A-Z0-9_(), ]*)['\"]?"


class Stopped(StoreError):
    """A question was broken off: by a person, by its time, or by its hunger for memory."""


@contextmanager
def question_errors() -> Iterator[None]:
    """Turn the engine's errors about a question into ours. Raises `SqlRefused`, `Stopped` or another `StoreError`."""
    try:
        yield
    except duckdb.InterruptException as error:
        raise Stopped("The question was stopped.") from error
    except duckdb.Error as error:
        raise _ours(error) from error


def _ours(error: duckdb.Error) -> StoreError:
    if isinstance(error, duckdb.OutOfMemoryException):
        return SqlRefused(
            "This needs more memory than the shop's engine may take. Ask for fewer columns, rows or groups."
        )
    known = sentence(error)
    if not isinstance(known, QueryRefused):
        return known
    told = _told(str(error))
    words = str(told.get("exception_message") or first_line(str(error)))
    position = str(told.get("position", ""))
    return _refused(words, told, int(position) if position.isdigit() else None)


def _told(words: str) -> dict[str, Any]:
    """What the engine says as data (`errors_as_json`)."""
    try:
        told = json.loads(words[words.index("{") :])
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _refused(words: str, told: dict[str, Any], at: int | None) -> SqlRefused:
    named = re.search(r'"([^"]+)"', words)
    name = str(told.get("name") or (named[1] if named else ""))
    first = words.splitlines()[0] if words else ""
    if TOO_FAR in first:
        return SqlRefused("The ends of a list of days may lie at most {most} days apart.", at, most=MOST_DAYS)
    if told.get("error_subtype") == "COLUMN_NOT_FOUND" or ("column" in first and "not found" in first):
        return SqlRefused("There is no column “{name}” here.", at, name, _candidates(words, told), name=name)
    if first.startswith("Referenced table"):
        return SqlRefused(
            "“{name}” is no view or name that this question reads from.", at, name, _candidates(words, told), name=name
        )
    if first.startswith("Ambiguous reference") and (ways := re.search(r"\(use: (.*)\)", first)):
        return SqlRefused(
            "“{name}” stands in several of the views: write {ways}.", at, name, name=name, ways=ways[1].replace('"', "")
        )
    if "must appear in the GROUP BY clause" in first:
        return SqlRefused(
            "“{name}” is neither grouped by nor summed up: add it to GROUP BY, or take any_value({name}).",
            at,
            name,
            name=name,
        )
    if "cannot contain aggregates" in first:
        return SqlRefused("Sums and counts cannot stand here; conditions on them belong after HAVING.", at)
    if found := re.match(r"No function matches the given name and argument types '([^(]+)\((.*)\)'", first):
        return SqlRefused(
            "{name} does not take what it is given here: {types}.", at, found[1], name=found[1], types=found[2]
        )
    if found := re.match(rf"Cannot compare values of type {_TYPES} and (?:values of )?type {_TYPES}", first):
        return SqlRefused(
            "{one} and {other} cannot be compared: turn one into the other, with CAST.",
            at,
            one=found[1].strip(),
            other=found[2].strip(),
        )
    if found := re.match(r"Unimplemented type for cast \((.*?) -> (.*?)\)", first):
        return SqlRefused("{one} cannot be turned into {other}.", at, one=found[1], other=found[2])
    if found := re.match(r"Could not convert string ['\"](.*)['\"] to (.*)", first):
        return SqlRefused("“{value}” cannot be read as {type}.", at, value=found[1][:80], type=found[2])
    return SqlRefused("The engine refused this: {first}", at, name if at is not None else "", first=first)


def _candidates(words: str, told: dict[str, Any]) -> tuple[str, ...]:
    """Names that the engine thinks were meant, at most two."""
    given = str(told.get("candidates", ""))
    found = re.findall(r'"([^"]+)"', words.partition("Candidate ")[2]) or [one.strip() for one in given.split(",")]
    return tuple(dict.fromkeys(one for one in found if one))[:2]
