"""Views of the order list that people keep: a name and the query that the address of the page has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from data import finding, saved_views
from data.ids import new_id
from services import query
from services.errors import Conflict, Invalid, NotFound
from services.language import _
from services.people import Actor
from services.shop import Shop

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SavedView:
    """A kept view: `query` is in the query language."""

    id: str
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A kept view and how many orders it holds now; None when its query is no longer understood."""

    view: SavedView
    count: int | None


def every(shop: Shop) -> list[SavedView]:
    """All kept views, in the order in which they were kept."""
    with shop.store.read() as read:
        return [SavedView(**row) for row in saved_views.every(read)]


def counted(shop: Shop) -> list[Counted]:
    """All kept views with their counts."""
    found = []
    with shop.store.read() as read:
        for row in saved_views.every(read):
            try:
                count = finding.count(read, query.parse(row["query"]))
            except query.Misread:
                count = None
            found.append(Counted(SavedView(**row), count))
    return found


def keep(shop: Shop, name: str, text: str, actor: Actor, now: datetime) -> SavedView:
    """Keep a view. Raises `Invalid` for a name or query that does not fit, `Conflict` for a name that is taken."""
    view = SavedView(new_id(), _fitting(name), query.write(query.parse(text)))
    with shop.store.write() as write:
        _must_be_free(saved_views.every(write), view)
        saved_views.add(write, view.id, view.name, view.query, actor.name, now)
    return view


def rename(shop: Shop, view_id: str, name: str) -> SavedView:
    """Give a view another name. Raises as `keep` does, and `NotFound`."""
    with shop.store.write() as write:
        rows = saved_views.every(write)
        kept = next((SavedView(**row) for row in rows if row["id"] == view_id), None)
        if kept is None:
            raise NotFound(_("There is no such view."))
        view = replace(kept, name=_fitting(name))
        _must_be_free(rows, view)
        saved_views.rename(write, view_id, view.name)
    return view


def forget(shop: Shop, view_id: str) -> None:
    """Keep a view no longer; one that is gone already is fine."""
    with shop.store.write() as write:
        saved_views.remove(write, view_id)


def _fitting(name: str) -> str:
    fitting = " ".join(name.split())
    if not fitting:
        raise Invalid(_("A view needs a name."), {"name": _("A view needs a name.")})
    if len(fitting) > LONGEST_NAME:
        sentence = _("The name of a view has at most {most} characters.", most=LONGEST_NAME)
        raise Invalid(sentence, {"name": sentence})
    return fitting


def _must_be_free(rows: list[dict[str, str]], view: SavedView) -> None:
    if any(row["name"].casefold() == view.name.casefold() and row["id"] != view.id for row in rows):
        raise Conflict(_("There is already a view called “{name}”.", name=view.name))
