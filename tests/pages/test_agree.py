"""The Reconcile screen."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from services import clock
from services.analytics import closing
from services.orders.draft import DraftPayment
from services.orders.statuses import PaymentKind
from services.shop import Shop
from tests.orders.sample import draft, keep, unpaid
from tests.pages.drawn import screen, shown_html

NOW = datetime(2026, 3, 14, 9, 30)


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def february(shop: Shop) -> Shop:
    """48.90 of February that moved in March, and 30.00 that was never paid."""
    late = (DraftPayment(PaymentKind.CHARGE, Decimal("48.90"), datetime(2026, 3, 2, 10)),)
    keep(
        shop,
        draft("<b>7</b>", placed_at=datetime(2026, 2, 20), payments=late),
        unpaid("8", placed_at=datetime(2026, 2, 21), total=Decimal(30)),
    )
    return shop


def look(section: str, language: str = "en") -> AppTest:
    app = screen(language, section=section).switch_page("agree.py").run()
    assert not app.exception
    return app


def test_the_bridge_of_last_month_leads_to_its_orders(february: Shop) -> None:
    shown = shown_html(look("clocks"))
    assert "Money of the orders of these days" in shown
    assert "-€48.90" in shown
    assert "q=currency%3AEUR" in shown


def test_a_typed_figure_is_explained(february: Shop) -> None:
    app = look("figure")
    app.text_input(key="agree_theirs").set_value("48.90").run()
    assert not app.exception
    shown = shown_html(app)
    assert "✓ They leave out what is not paid yet." in shown
    app.text_input(key="agree_theirs").set_value("a lot").run()
    assert "“a lot” is no amount" in shown_html(app)


def test_a_month_is_closed_reopened_and_told_about(february: Shop) -> None:
    app = look("close")
    app.button(key="agree_close").click().run()
    assert not app.exception
    (made,) = closing.every(february)
    assert (made.figures["placed"], made.stands) == (Decimal("78.90"), True)
    assert "No correction since" in shown_html(app)
    app.button(key="agree_close").click().run()
    assert "is closed already" in app.toast[0].value
    app.button(key=f"reopen_{made.id}").click().run()
    assert not closing.every(february)[0].stands


def test_the_screen_speaks_french(february: Shop) -> None:
    assert "l’argent qui a bougé ces jours-là" in shown_html(look("clocks", "fr"))
