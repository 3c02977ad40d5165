"""Views of the order list kept under a name: the query is what is kept, so a view always shows what matches now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from data import finding, saved_views
from data.ids import new_id
from services.errors import Invalid
from services.language import _
from services.people import Actor
from services.query import Misread, parse
from services.shop import Shop

LONGEST_NAME = 60
MOST = 50
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view by its name; `count` is how many orders match now, None when its query is no longer understood."""

    id: str
    name: str
    query: str
    count: int | None


def every(shop: Shop) -> list[SavedView]:
    """All of them, counted."""
    with shop.store.read() as read:
        kept = []
        for row in saved_views.every(read):
            try:
                count: int | None = finding.count(read, parse(row["query"]))
            except Misread:
                count = None
            kept.append(SavedView(row["id"], row["name"], row["query"], count))
        return kept


def keep(shop: Shop, name: str, query: str, actor: Actor, now: datetime) -> None:
    """Keep a query under a name; an earlier view of that name is replaced. Raises `Invalid`."""
    short = " ".join(name.split())
    if not short or len(short) > LONGEST_NAME:
        raise Invalid(_("Give the view a name of at most {most} characters.", most=LONGEST_NAME), {"name": name[:80]})
    parse(query)
    with shop.store.write() as write:
        others = [row for row in saved_views.every(write) if row["name"] != short]
        if len(others) >= MOST:
            raise Invalid(_("There are {most} saved views already. Delete one first.", most=MOST))
        view = {"id": new_id(now), "name": short, "query": query, "created_at": now, "actor": actor.name}
        saved_views.put(write, view)


def forget(shop: Shop, view_id: str) -> None:
    """Forget a view; one that is not there stays forgotten."""
    if _ID.fullmatch(view_id):
        with shop.store.write() as write:
            saved_views.remove(write, view_id)
