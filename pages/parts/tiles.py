"""Figures side by side: what each is called, how much it is, how it moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from services.orders.words import Role


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure moved. `text` carries its own plus or minus ("+12 %"), so that the colour does not stand alone;
    `role` says whether that is good, bad or neither (`Role.OVER`); `against` what it is measured against."""

    text: str
    role: Role = Role.OVER
    against: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure as people read it, already in their language. `role` colours the figure; `note` is a quiet line under
    it."""

    label: str
    figure: str
    note: str = ""
    change: Change | None = None
    role: Role | None = None


def tiles(items: Iterable[Tile]) -> str:
    """The figures as HTML: a row that wraps, in two columns on a phone. Texts are escaped here."""
    return f"<dl class='ct-tiles'>{''.join(_tile(item) for item in items)}</dl>"


def _tile(item: Tile) -> str:
    ink = f" ct-ink-{item.role.value}" if item.role else ""
    return (
        f"<div class='ct-tile'><dt>{escape(item.label)}</dt>"
        f"<dd class='ct-tile-figure{ink}'>{escape(item.figure)}</dd>{_under(item)}</div>"
    )


def _under(item: Tile) -> str:
    lines = ((_moved(item.change),) if item.change else ()) + ((_quiet(item.note),) if item.note else ())
    return "".join(f"<dd class='ct-tile-under'>{line}</dd>" for line in lines)


def _moved(change: Change) -> str:
    moved = f"<span class='ct-tile-change ct-role-{change.role.value}'>{escape(change.text)}</span>"
    return f"{moved} {_quiet(change.against)}" if change.against else moved


def _quiet(text: str) -> str:
    return f"<span class='ct-tile-note'>{escape(text)}</span>"
