"""Charts are kept with a period that moves, stand on boards in an order of their own, and go with the last of them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from data import boards
from data.dimensions import Dimension
from data.measures import Measure
from services import query
from services.analytics import Asked, Clock, ask, periods
from services.analytics.periods import Named
from services.boards import keeping
from services.boards.chart import Moving, of_asked, of_row
from services.errors import Conflict, Invalid, NotFound
from services.people import MERCHANT
from services.shop import Shop
from tests.orders.sample import draft
from tests.orders.sample import keep as keep_orders

AT = datetime(2026, 3, 14, 10, 26)


def kept(shop: Shop, title: str = "Ordered by country", **changes) -> keeping.Chart:
    asked = Asked((Measure.PLACED,), (Dimension.COUNTRY,), **changes)
    chart, _board = keeping.keep(shop, asked, "sizes", title, {}, "", MERCHANT)
    return chart


def titles(shop: Shop, board_id: str = "") -> list[str]:
    return [one.title for one in keeping.board(shop, board_id or keeping.boards_of(shop)[0].id).charts]


@pytest.mark.parametrize("name", [one for one in Named if one not in (Named.OWN, Named.ALL)])
def test_the_period_of_the_address_is_kept_by_its_name(name: Named) -> None:
    filter = query.parse("country:FR") & periods.as_filter(periods.named(name, AT))
    assert of_asked(Asked((Measure.PLACED,), filter=filter), AT, {"period": name.value}) == (
        "country:FR", Moving(name)
    )  # fmt: skip


def test_a_period_that_a_screen_begins_with_is_known_by_its_days() -> None:
    filter = periods.as_filter(periods.named(Named.LAST_30_DAYS, AT))
    assert of_asked(Asked((Measure.PLACED,), filter=filter), AT, {}) == ("", Moving(Named.LAST_30_DAYS))


def test_a_range_of_its_own_keeps_its_days() -> None:
    said = {"period": "own", "from": "2026-01-05", "to": "2026-02-10"}
    filter = periods.as_filter(periods.own(date(2026, 1, 5), date(2026, 2, 10), AT))
    text, moving = of_asked(Asked((Measure.PLACED,), filter=filter), AT, said)
    assert (text, moving) == ("", Moving(Named.OWN, date(2026, 1, 5), date(2026, 2, 10)))


def test_days_that_somebody_typed_stay_in_the_query() -> None:
    asked = Asked((Measure.PLACED,), filter=query.parse("placed:2026-01-02..2026-01-09"))
    assert of_asked(asked, AT, {"period": "month"}) == ("placed:2026-01-02..2026-01-09", Moving())


def test_what_was_kept_in_march_asks_of_april_in_april(shop: Shop) -> None:
    keep_orders(shop, draft("1"), draft("2", placed_at=datetime(2026, 4, 2)))
    filter = periods.as_filter(periods.named(Named.MONTH, AT))
    text, moving = of_asked(Asked((Measure.ORDERS,), filter=filter), AT, {})
    chart = kept(shop, filter=query.parse(text), clock=Clock.EVENT)
    with shop.store.read() as read:
        row = boards.chart(read, chart.id)
    assert row is not None and of_row(row) == chart
    for month, count in ((3, 1), (4, 1), (5, 0)):
        asked = chart.asked(datetime(2026, month, 20), moving)
        assert sum(one["placed"] > 0 for one in ask(shop, asked).rows) == count


def test_charts_come_to_the_end_of_the_board_and_can_be_moved(any_shop: Shop) -> None:
    first, second, third = (kept(any_shop, name) for name in "ABC")
    (board,) = keeping.boards_of(any_shop)
    assert (board.title, board.count, titles(any_shop)) == ("My board", 3, ["A", "B", "C"])
    keeping.move(any_shop, board.id, third.id, -1)
    keeping.move(any_shop, board.id, first.id, -1)
    assert titles(any_shop) == ["A", "C", "B"]
    keeping.move(any_shop, board.id, first.id, 9)
    keeping.widen(any_shop, board.id, second.id, True)
    assert titles(any_shop) == ["C", "B", "A"]
    assert [one.is_wide for one in keeping.board(any_shop, board.id).charts] == [False, True, False]


def test_a_chart_is_kept_on_the_board_that_is_named(shop: Shop) -> None:
    one, other = (keeping.new_board(shop, title, MERCHANT) for title in ("One", "Other"))
    asked = Asked((Measure.ORDERS,))
    _chart, board = keeping.keep(shop, asked, "table", "Orders", {}, one.id, MERCHANT)
    _chart, last = keeping.keep(shop, asked, "table", "Orders", {}, "gone", MERCHANT)
    assert (board.id, last.id) == (one.id, other.id)


def test_a_chart_goes_from_one_board_to_another(shop: Shop) -> None:
    chart = kept(shop)
    (here,) = keeping.boards_of(shop)
    there = keeping.new_board(shop, "Other", MERCHANT)
    keeping.bring(shop, chart.id, here.id, there.id)
    assert (titles(shop, here.id), titles(shop, there.id)) == ([], ["Ordered by country"])


def test_a_board_takes_its_charts_with_it_but_those_of_others(shop: Shop) -> None:
    kept(shop, "Mine")
    (board,) = keeping.boards_of(shop)
    other = keeping.new_board(shop, "Other", MERCHANT)
    chart, _board = keeping.keep(shop, Asked((Measure.ORDERS,)), "table", "Theirs", {}, other.id, MERCHANT)
    keeping.remove_board(shop, board.id)
    assert [one.id for one in keeping.charts(shop)] == [chart.id]
    with pytest.raises(NotFound):
        keeping.board(shop, board.id)


def test_titles_are_bounded_and_one_line(shop: Shop) -> None:
    chart = kept(shop, "  <b>A</b>\n\tB ")
    assert titles(shop) == ["<b>A</b> B"]
    for title in ("", " \n", "x" * 121):
        with pytest.raises(Invalid):
            keeping.rename_chart(shop, chart.id, title)


def test_a_board_is_full_one_day(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_CHARTS", 1)
    kept(shop)
    with pytest.raises(Conflict):
        kept(shop)


def test_a_figure_that_is_known_no_more_is_said_on_its_card(shop: Shop) -> None:
    chart = kept(shop)
    with shop.store.write() as write:
        row = boards.chart(write, chart.id)
        assert row is not None
        boards.keep_chart(write, row | {"asked_json": row["asked_json"].replace("placed", "plaiced")})
    (one,) = keeping.board(shop, keeping.boards_of(shop)[0].id).charts
    assert one.chart is None and "plaiced" in one.fault


@pytest.mark.parametrize("board_id", ["", "nothing", "'; drop table boards; --"])
def test_a_board_that_nobody_made_is_not_there(shop: Shop, board_id: str) -> None:
    with pytest.raises(NotFound):
        keeping.board(shop, board_id)
