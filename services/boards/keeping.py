"""Keeping charts on boards, arranging them, and letting them go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data import boards
from data.ids import new_id
from data.store import Reader, Row, Writer
from services import clock
from services.analytics import Asked, periods
from services.boards.chart import MOST_ROWS, Chart, as_row, of_asked, of_row
from services.errors import Conflict, Invalid, NotFound, store_errors
from services.language import _
from services.people import Actor
from services.shop import Shop

LONGEST_TITLE = 120
MOST_CHARTS, MOST_BOARDS = 24, 50


@dataclass(frozen=True, slots=True)
class Placed:
    """A chart on a board. `chart` is None when it asks for what is known no more, `fault` then says so."""

    id: str
    title: str
    is_wide: bool
    chart: Chart | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """A board with its charts, from the top; in a list of boards without them, `count` says how many there are."""

    id: str
    title: str
    count: int
    charts: tuple[Placed, ...] = ()


def boards_of(shop: Shop) -> list[Board]:
    """Every board, in its order."""
    with store_errors(), shop.store.read() as read:
        return [Board(row["id"], row["title"], row["count_charts"]) for row in boards.boards(read)]


def board(shop: Shop, board_id: str) -> Board:
    """One of them, with its charts. Raises `NotFound`."""
    with store_errors(), shop.store.read() as read:
        row = _known(boards.board(read, board_id))
        placed = tuple(_placed(one) for one in boards.on_board(read, row["id"]))
    return Board(row["id"], row["title"], len(placed), placed)


def charts(shop: Shop) -> list[Placed]:
    """Every kept chart, by title."""
    with store_errors(), shop.store.read() as read:
        return [_placed(row | {"is_wide": False}) for row in boards.charts(read)]


def keep(
    shop: Shop, asked: Asked, kind: str, title: str, said: Mapping[str, str], board_id: str, actor: Actor
) -> tuple[Chart, Board]:
    """Keep what is asked, drawn as `kind`, at the end of a board: the named one, else the last one that was made, else
    a first one. `said` is what the address says of its period. Raises `Conflict` when the board is full."""
    now = clock.now()
    with store_errors(), shop.store.write() as write:
        every = boards.boards(write)
        row = next((one for one in every if one["id"] == board_id), every[-1] if every else None)
        if row is None:
            row = _new_board(write, _("My board"), actor)
        there = [(one["id"], one["is_wide"]) for one in boards.on_board(write, row["id"])]
        if len(there) >= MOST_CHARTS:
            raise Conflict(
                _("“{board}” has {count} charts already, which is all it takes.", board=row["title"], count=MOST_CHARTS)
            )
        at = periods.shop_clock(now, shop.store.zone)
        text, moving = of_asked(asked, at, said)
        chart = Chart(
            new_id(), _titled(title), kind, asked.figures, asked.by, text, moving, asked.clock, asked.currency,
            min(asked.limit, MOST_ROWS),
        )  # fmt: skip
        boards.keep_chart(write, as_row(chart) | {"created_at": now, "updated_at": now, "actor": actor.name})
        boards.lay_out(write, row["id"], [*there, (chart.id, False)])
    return chart, Board(row["id"], row["title"], len(there) + 1)


def new_board(shop: Shop, title: str, actor: Actor) -> Board:
    """Make a board without charts. Raises `Invalid` without a title, `Conflict` when there are too many."""
    with store_errors(), shop.store.write() as write:
        row = _new_board(write, _titled(title), actor)
    return Board(row["id"], row["title"], 0)


def rename_board(shop: Shop, board_id: str, title: str) -> None:
    """Give a board another title. Raises `NotFound`, `Invalid`."""
    with store_errors(), shop.store.write() as write:
        row = _known(boards.board(write, board_id))
        boards.keep_board(write, row | {"title": _titled(title), "updated_at": clock.now()})


def remove_board(shop: Shop, board_id: str) -> None:
    """Let a board go, and the charts that stand on it alone."""
    with store_errors(), shop.store.write() as write:
        boards.remove_board(write, board_id)


def rename_chart(shop: Shop, chart_id: str, title: str) -> None:
    """Give a chart another title. Raises `NotFound`, `Invalid`."""
    with store_errors(), shop.store.write() as write:
        row = boards.chart(write, chart_id)
        if row is None:
            raise NotFound(_("This chart is not kept any more."))
        boards.keep_chart(write, row | {"title": _titled(title), "updated_at": clock.now()})


def remove_chart(shop: Shop, chart_id: str) -> None:
    """Let a chart go, from every board."""
    with store_errors(), shop.store.write() as write:
        boards.remove_chart(write, chart_id)


def widen(shop: Shop, board_id: str, chart_id: str, is_wide: bool) -> None:
    """Let a chart take the whole width of a board, or half of it. Raises `NotFound`."""
    with store_errors(), shop.store.write() as write:
        places = _places(write, board_id)
        boards.lay_out(write, board_id, [(one, is_wide if one == chart_id else wide) for one, wide in places])


def move(shop: Shop, board_id: str, chart_id: str, by: int) -> None:
    """Put a chart so many places further down, or up when below zero; the ends hold it. Raises `NotFound`."""
    with store_errors(), shop.store.write() as write:
        places = _places(write, board_id)
        at = next((place for place, (one, _wide) in enumerate(places) if one == chart_id), None)
        if at is None:
            return
        moved = places.pop(at)
        places.insert(min(max(at + by, 0), len(places)), moved)
        boards.lay_out(write, board_id, places)


def bring(shop: Shop, chart_id: str, from_board: str, to_board: str) -> None:
    """Put a chart from one board onto the end of another. Raises `NotFound`, and `Conflict` when that is full."""
    with store_errors(), shop.store.write() as write:
        here, there = _places(write, from_board), _places(write, to_board)
        if len(there) >= MOST_CHARTS:
            raise Conflict(_("That board has {count} charts already, which is all it takes.", count=MOST_CHARTS))
        moved = [place for place in here if place[0] == chart_id]
        boards.lay_out(write, from_board, [place for place in here if place[0] != chart_id])
        boards.lay_out(write, to_board, [*(place for place in there if place[0] != chart_id), *moved])


def _places(read: Reader, board_id: str) -> list[tuple[str, bool]]:
    _known(boards.board(read, board_id))
    return [(row["id"], row["is_wide"]) for row in boards.on_board(read, board_id)]


def _new_board(write: Writer, title: str, actor: Actor) -> Row:
    every: Sequence[Row] = boards.boards(write)
    if len(every) >= MOST_BOARDS:
        raise Conflict(_("There are {count} boards already. Remove one first.", count=MOST_BOARDS))
    now = clock.now()
    position = max((row["position"] for row in every), default=0) + 1
    row: dict[str, Any] = {
        "id": new_id(), "title": title, "position": position, "created_at": now, "updated_at": now, "actor": actor.name
    }  # fmt: skip
    boards.keep_board(write, row)
    return row


def _placed(row: Row) -> Placed:
    try:
        return Placed(row["id"], row["title"], row["is_wide"], of_row(row))
    except (Invalid, ValueError, KeyError) as error:
        said = error.sentence if isinstance(error, Invalid) else _("What this chart asks for cannot be read.")
        return Placed(row["id"], row["title"], row["is_wide"], None, said)


def _titled(title: str) -> str:
    kept = " ".join(title.split())
    if not kept or len(kept) > LONGEST_TITLE:
        raise Invalid(_("Give a title of at most {most} characters.", most=LONGEST_TITLE))
    return kept


def _known(row: Row | None) -> Row:
    if row is None:
        raise NotFound(_("This board is not there any more."))
    return row
