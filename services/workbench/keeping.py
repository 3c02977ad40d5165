"""What a person asked before, and questions that are kept by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data import workbench_kept
from data.ids import new_id
from data.store import Row
from services import clock
from services.errors import Invalid, NotFound, store_errors
from services.language import _
from services.people import Actor
from services.shop import Shop
from services.workbench.running import State

LONGEST_NAME = 80
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Saved:
    """A question that is kept. `parameters` are type and last value by name; `chart` what was chosen to draw it."""

    id: str
    name: str
    text: str
    parameters: Mapping[str, Mapping[str, str]]
    chart: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked: when, what became of it, how many rows came and in how many seconds."""

    id: str
    happened_at: datetime
    text: str
    values: Mapping[str, Mapping[str, str]]
    state: State
    row_count: int | None
    took: float
    sentence: str


def saved(shop: Shop) -> list[Saved]:
    """Every question that is kept, by name."""
    with store_errors(), shop.store.read() as read:
        return [_saved(row) for row in workbench_kept.saved(read)]


def keep(
    shop: Shop,
    name: str,
    text: str,
    parameters: Mapping[str, Mapping[str, str]],
    chart: Mapping[str, Any],
    actor: Actor,
    query_id: str = "",
) -> Saved:
    """Keep a question by name, or change the one of `query_id`. Raises `Invalid` without a name, or when another has
    it already."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(_("Give the question a name of at most {most} characters.", most=LONGEST_NAME))
    if not text.strip():
        raise Invalid(_("There is nothing to keep yet: write a question first."))
    now = clock.now()
    with store_errors(), shop.store.write() as write:
        known = workbench_kept.one_saved(write, query_id) if query_id else None
        others = [row for row in workbench_kept.saved(write) if row["id"] != query_id]
        if any(row["name"].casefold() == name.casefold() for row in others):
            raise Invalid(_("Another question is called “{name}” already.", name=name))
        row = {
            "id": query_id if known else new_id(),
            "name": name,
            "text": text,
            "parameters_json": json.dumps({one: dict(about) for one, about in parameters.items()}),
            "chart_json": json.dumps(dict(chart)),
            "created_at": known["created_at"] if known else now,
            "updated_at": now,
            "actor": actor.name,
        }
        workbench_kept.keep(write, row)
    return _saved(row)


def one(shop: Shop, query_id: str) -> Saved:
    """A question that is kept. Raises `NotFound`."""
    with store_errors(), shop.store.read() as read:
        row = workbench_kept.one_saved(read, query_id)
    if row is None:
        raise NotFound(_("This question is not kept any more."))
    return _saved(row)


def forget(shop: Shop, query_id: str) -> None:
    """Let a kept question go."""
    with store_errors(), shop.store.write() as write:
        workbench_kept.forget(write, query_id)


def asked(shop: Shop, actor: Actor, limit: int = SHOWN) -> list[Asked]:
    """What somebody asked, newest first."""
    with store_errors(), shop.store.read() as read:
        rows = workbench_kept.asked(read, actor.name, limit)
    return [
        Asked(
            row["id"],
            row["happened_at"],
            row["text"],
            json.loads(row["values_json"]),
            State(row["state"]),
            row["row_count"],
            row["took_ms"] / 1000,
            row["sentence"],
        )
        for row in rows
    ]


def clear(shop: Shop, actor: Actor) -> None:
    """Forget what somebody asked."""
    with store_errors(), shop.store.write() as write:
        workbench_kept.clear(write, actor.name)


def _saved(row: Row) -> Saved:
    return Saved(row["id"], row["name"], row["text"], json.loads(row["parameters_json"]), json.loads(row["chart_json"]))
