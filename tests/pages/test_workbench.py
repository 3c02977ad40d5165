"""The screen of the SQL workbench."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import workbench_events
from services.people import MERCHANT
from services.shop import Shop
from services.workbench import keeping
from tests.orders.sample import draft, keep
from tests.pages.drawn import given, screen, shown_html

HOSTILE = "<img src=x onerror=alert(1)> ![x](http://example.com) **b**"


@pytest.fixture(autouse=True)
def _waits_for_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbench_events, "_AT_ONCE", 30.0)


def opened(language: str = "", **params: str) -> AppTest:
    app = screen(language, **params).switch_page("workbench.py").run()
    assert not app.exception
    return app


def ran(app: AppTest, text: str) -> AppTest:
    """As the editor's button does it: the text is put there, and asked."""
    app.session_state["sql_text"] = text
    app.session_state["sql_test_runs"] = True
    app.run()
    assert not app.exception
    return app


@pytest.fixture(autouse=True)
def _asks_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """AppTest cannot click inside our own piece of screen: the drawing asks instead."""
    import streamlit as st

    arrive = workbench_events.arrive

    def arrive_and_ask(shop: Shop) -> None:
        arrive(shop)
        if st.session_state.pop("sql_test_runs", False):
            workbench_events.ask()

    monkeypatch.setattr(workbench_events, "arrive", arrive_and_ask)


def editor(app: AppTest) -> dict[str, Any]:
    return given(app, "sql")


def test_it_begins_with_views_words_and_examples(shop: Shop) -> None:
    app = opened()
    views = {view["name"]: view for view in editor(app)["views"]}
    assert {"orders", "order_lines", "payments"} <= set(views)
    total = next(column for column in views["orders"]["columns"] if column["name"] == "total")
    assert (total["type"], total["unit"]) == ("number", "money")
    assert {"sum", "coalesce"} <= set(editor(app)["functions"])
    assert "What each month brought" in [button.label for button in app.button]
    assert "SQL" in [title.value for title in app.title]


def test_a_text_in_the_address_is_put_there_and_not_run(shop: Shop) -> None:
    app = opened(query="select count(*) from orders")
    assert editor(app)["text"] == "select count(*) from orders"
    assert keeping.asked(shop, MERCHANT) == []


def test_an_example_is_a_click_away_and_asks_for_its_parameter(shop: Shop) -> None:
    keep(shop, draft("1"))
    app = opened()
    app.button("sql_example_best_products").click().run()
    assert "o.placed_month = $month" in editor(app)["text"]
    assert app.text_input(key="sql_p_month").label == "\\$month"
    app = ran(app, editor(app)["text"])
    assert "$month has no value yet" in editor(app)["fault"]["sentence"]
    app.text_input(key="sql_p_month").set_value("2026-03").run()
    app.button("sql_run_with").click().run()
    assert editor(app)["fault"] is None
    assert "Tasse bleue" in shown_html(app)


def test_an_answer_is_a_table_exact_and_as_the_language_writes(shop: Shop) -> None:
    keep(shop, draft("1"))
    app = ran(opened(), "select number, total * 1000 as much, null as nothing, is_counted, placed_on from orders")
    html = shown_html(app)
    for part in ("48,900.00", "—", "yes", "2026-03-14", "1 row"):
        assert part in html
    app = ran(opened("fr"), "select total * 1000 as much, is_counted from orders")
    assert "48\u202f900,00" in shown_html(app)
    assert "oui" in shown_html(app)


def test_what_customers_write_stays_text(shop: Shop) -> None:
    keep(shop, draft("1", name=HOSTILE))
    app = ran(opened(), 'select name, 1 as "<b>x</b>" from orders')
    html = shown_html(app)
    assert "<img" not in html
    assert "&lt;img" in html
    assert "<b>x</b>" not in html


def test_an_order_is_one_click_from_its_row(shop: Shop) -> None:
    order_id = keep(shop, draft("1"))[0]
    html = shown_html(ran(opened(), "select order_id, name from order_lines"))
    assert f"href='/order?id={order_id}'" in html


def test_long_answers_have_pages_and_files(shop: Shop) -> None:
    app = ran(opened(), "select * from range(120) t(n)")
    html = shown_html(app)
    assert "120 rows" in html
    asked = keeping.asked(shop, MERCHANT)[0]
    assert f"/export/sql/{asked.id}.xlsx" in html
    assert html.count("<tr>") == 51


def test_a_mistake_is_shown_with_its_place_and_a_way_out(shop: Shop) -> None:
    app = ran(opened(), "select totl from orders")
    fault = editor(app)["fault"]
    assert "no column “totl”" in fault["sentence"]
    assert (fault["place"]["position"], fault["place"]["length"], fault["nearest"]) == (7, 4, "total")
    assert fault["proposal"] == "select total from orders"
    assert not app.exception


def test_an_answer_is_a_chart_and_remembers_its_kind(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2"))
    app = ran(
        opened(), "select placed_month, payment_method, count(*) as n, sum(total) as total from orders group by all"
    )
    app.button_group(key="sql_as").set_value(["chart"]).run()
    assert not app.exception
    assert app.get("plotly_chart")
    assert app.selectbox(key="sql_c_kind").value == "lines"
    app.selectbox(key="sql_c_kind").set_value("bars").run()
    assert app.session_state["sql_chart"]["kind"] == "bars"
    app = ran(app, "select name from orders")
    app.run()
    assert "no number to draw" in shown_html(app)


def test_a_question_is_kept_by_name_and_taken_up_again(shop: Shop) -> None:
    app = ran(opened(), "select 1 as one")
    app.text_input(key="sql_name_new").set_value("My question")
    next(button for button in app.button if button.label == "Keep").click().run()
    assert [one.name for one in keeping.saved(shop)] == ["My question"]
    kept = keeping.saved(shop)[0]
    again = opened(saved=kept.id)
    assert editor(again)["text"] == "select 1 as one"
    assert not shown_html(again).count("ct-sql-table")


def test_what_was_asked_before_is_a_click_away(shop: Shop) -> None:
    app = ran(opened(), "select 41 + 1")
    app.run()
    asked = keeping.asked(shop, MERCHANT)[0]
    app = opened()
    app.button(f"sql_again_{asked.id}").click().run()
    assert editor(app)["text"] == "select 41 + 1"


def test_a_question_under_way_can_be_stopped(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbench_events, "_AT_ONCE", 0.0)
    app = ran(opened(), "select count(*) from range(10000000) a, range(10000000) b")
    assert "Working on it" in shown_html(app)
    run = app.session_state["sql_run"]
    app.button("sql_stop").click().run()
    assert run.wait(60)
    app.run()
    assert "The question was stopped." in editor(app)["fault"]["sentence"]


def test_it_speaks_french(shop: Shop) -> None:
    app = opened("fr")
    assert editor(app)["words"]["run"] == "Exécuter"
    assert "Ce que chaque mois a rapporté" in [button.label for button in app.button]


def test_the_time_of_a_question_is_set_in_settings(shop: Shop) -> None:
    app = screen().switch_page("settings.py").run()
    app.number_input("set_workbench_seconds").set_value(5)
    app.button("save_workbench").click().run()
    assert not app.exception
    assert shop.profile().rule("workbench_seconds") == 5
