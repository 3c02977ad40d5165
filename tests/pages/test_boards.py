"""The Boards screen: boards, alerts, reports."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from data.dimensions import Dimension
from data.measures import Measure
from services import profile
from services.alerts import keeping as alerts
from services.analytics import Asked
from services.boards import keeping
from services.people import MERCHANT
from services.scheduled import report as reports
from services.shop import Shop
from tests.conftest import NOW
from tests.orders.sample import draft, keep
from tests.pages.drawn import charts, figures, given, screen, shown_html

HOSTILE = "<img src=x onerror=alert(1)> **bold** :streamlit:"


def kept(shop: Shop, title: str = "By method") -> keeping.Board:
    asked = Asked((Measure.PLACED,), (Dimension.PAYMENT_METHOD,))
    return keeping.keep(shop, asked, "sizes", title, {}, "", MERCHANT)[1]


def opened(**params: str) -> AppTest:
    app = screen(**params).switch_page("boards.py").run()
    assert not app.exception
    return app


def test_a_shop_without_kept_charts_is_told_how(shop: Shop) -> None:
    assert "No chart is kept yet" in shown_html(opened())


def test_a_kept_chart_stands_on_its_board_under_the_filter_of_all(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2", payment_method="card", payment_method_label="Card"))
    board = kept(shop, HOSTILE)
    app = opened(board=board.id)
    assert sorted(one[1:] for one in charts(app)[0]["data"][0]["customdata"]) == [
        ["Card", "€48.90"],
        ["PayPal", "€48.90"],
    ]
    assert HOSTILE in figures(app)
    app = opened(board=board.id, q="country:BE")
    assert "loosen the filters" in shown_html(app)
    assert "country:BE" in str(given(app, "filters"))


def test_one_period_moves_all_cards(shop: Shop) -> None:
    keep(shop, draft("1"))
    board = kept(shop)
    app = opened(board=board.id)
    app.selectbox(key="board_period").set_value("last_year").run()
    assert app.query_params["period"] in ("last_year", ["last_year"])
    assert charts(app) == []


def test_keep_is_a_click_on_any_card(shop: Shop) -> None:
    keep(shop, draft("1"))
    app = screen(period="last_30_days").switch_page("sales.py").run()
    assert all(one["keep"] for one in figures(app).values())


def test_charts_are_arranged_by_buttons(shop: Shop) -> None:
    keep(shop, draft("1"))
    for title in ("A", "B"):
        board = kept(shop, title)
    app = opened(board=board.id)
    app.toggle(key="board_arranging").set_value(True).run()
    second = keeping.board(shop, board.id).charts[1].id
    app.button(key=f"up_{second}").click().run()
    assert [one.title for one in keeping.board(shop, board.id).charts] == ["B", "A"]
    app.button(key=f"drop_{second}").click().run()
    assert [one.title for one in keeping.board(shop, board.id).charts] == ["A"]


def test_the_shop_may_open_on_a_board_and_orders_stay_in_reach(shop: Shop) -> None:
    keep(shop, draft("1"))
    board = kept(shop, "First of all")
    with shop.store.write() as write:
        profile.change(write, shop.settings, {"first_page": board.id}, "merchant", NOW)
    app = screen()
    assert "First of all" in figures(app)
    app.switch_page("orders.py").run()
    assert given(app, "orders")
    keeping.remove_board(shop, board.id)
    assert given(screen(), "orders")


def test_an_alert_is_made_tried_paused_and_deleted(shop: Shop) -> None:
    app = opened(show="alerts")
    app.button(key="alert_example_0").click().run()
    app.text_input(key="alert_new_title").set_value(HOSTILE).run()
    app.button(key="alert_try").click().run()
    assert "told now" in shown_html(app) or "Nothing to tell" in shown_html(app)
    app.button(key="alert_save").click().run()
    (one,) = alerts.alerts_of(shop)
    assert one.title == HOSTILE and HOSTILE not in shown_html(app)
    app.button(key=f"alert_pause_{one.id}").click().run()
    assert "Paused" in shown_html(app)
    app.button(key=f"alert_delete_{one.id}").click().run()
    assert alerts.alerts_of(shop) == []


def test_a_mistake_in_an_alert_is_said_and_nothing_is_lost(shop: Shop) -> None:
    app = opened(show="alerts")
    app.button(key="alert_example_1").click().run()
    app.text_input(key="alert_new_query").set_value("colour:blue").run()
    app.button(key="alert_save").click().run()
    assert "colour" in shown_html(app)
    assert app.text_input(key="alert_new_title").value == "Payments fail"
    assert alerts.alerts_of(shop) == []


def test_a_report_is_made_and_its_day_is_said(shop: Shop) -> None:
    kept(shop)
    app = opened(show="reports")
    app.button(key="report_new").click().run()
    app.text_input(key="report_new_title").set_value(HOSTILE).run()
    app.text_input(key="report_new_recipients").set_value("a@example.com, b@example.com").run()
    app.button(key="report_save").click().run()
    (one,) = reports.reports_of(shop)
    assert one.report.recipients == ("a@example.com", "b@example.com")
    assert "Every Monday at 07:00" in shown_html(app) and HOSTILE not in shown_html(app)
