"""The engine's plan as steps that a person can read, in the order in which they are done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.language import _, n_

# Steps of the engine that say nothing about the question.
_SILENT = {"PROJECTION", "RESULT_COLLECTOR", "EXPLAIN", "COLUMN_DATA_SCAN_INNER", "UNNEST", "DUMMY_SCAN"}
_ABOUT = ("Table", "Filters", "Expression", "Conditions", "Groups", "Aggregates", "Order By", "Top", "Projections")


@dataclass(frozen=True, slots=True)
class Step:
    """A step: what it does in words, what it is about as the engine says it, how many rows it is thought to make
    (None: not known), and the steps whose rows it takes."""

    sentence: str
    about: str
    rows: int | None
    before: tuple[Step, ...]


def steps(plan: dict[str, Any]) -> Step:
    """The last step, with those before it."""
    found = _steps(plan)
    return found[0] if len(found) == 1 else Step(_("Put together what was found"), "", None, tuple(found))


def in_order(last: Step, depth: int = 0) -> Iterator[tuple[int, Step]]:
    """Every step with its depth, those that are done first at the beginning."""
    for step in last.before:
        yield from in_order(step, depth + 1)
    yield depth, last


def rows_in_words(step: Step) -> str:
    """ "about 500 rows", or nothing when that is not known."""
    return "" if step.rows is None else n_("about {count} row", "about {count} rows", step.rows)


def _steps(node: dict[str, Any]) -> list[Step]:
    before = [step for child in node.get("children", ()) for step in _steps(child)]
    name = str(node.get("name", "")).strip()
    about = node.get("extra_info") or {}
    if name in _SILENT:
        return before
    return [Step(_sentence(name, about), _about(name, about), _rows(about), tuple(before))]


def _sentence(name: str, about: dict[str, Any]) -> str:
    if "SCAN" in name:
        table = str(about.get("Table", "")).rpartition(".")[2]
        return _("Read {table}", table=table) if table else _("Read rows that are at hand")
    known = {
        "FILTER": _("Keep the rows that fit"),
        "TOP_N": _("Keep the first ones in order"),
        "ORDER_BY": _("Put in order"),
        "LIMIT": _("Keep the first ones"),
        "STREAMING_LIMIT": _("Keep the first ones"),
        "UNGROUPED_AGGREGATE": _("Add up into one row"),
        "WINDOW": _("Compare rows with those around them"),
        "STREAMING_WINDOW": _("Compare rows with those around them"),
        "UNION": _("Put under each other"),
        "CTE": _("Keep a named step at hand"),
        "RECURSIVE_CTE": _("Repeat until nothing new is found"),
    }
    if name in known:
        return known[name]
    for sign, sentence in (
        ("GROUP_BY", _("Group and add up")),
        ("JOIN", _("Join")),
        ("PRODUCT", _("Put every row beside every row")),
        ("DISTINCT", _("Let go of repeated rows")),
        ("SAMPLE", _("Draw a sample")),
    ):
        if sign in name:
            return sentence
    return name.replace("_", " ").capitalize()


def _about(name: str, about: dict[str, Any]) -> str:
    parts = []
    for key in _ABOUT:
        if key == "Table" or (key == "Projections" and "SCAN" not in name):
            continue
        value = about.get(key)
        text = _plain(", ".join(map(str, value)) if isinstance(value, list) else str(value or ""))
        if text and not text.startswith("#") and "__internal" not in text:
            parts.append(text)
    return " · ".join(parts)


def _plain(text: str) -> str:
    """As a person would write it: without the engine's own names."""
    for ours, theirs in (('"temp".main.', ""), ("count_star()", "count(*)"), ("sum_no_overflow(", "sum(")):
        text = text.replace(ours, theirs)
    return text


def _rows(about: dict[str, Any]) -> int | None:
    text = str(about.get("Estimated Cardinality", "")).lstrip("~")
    return int(text) if text.isdigit() else None
