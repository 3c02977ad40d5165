"""Settings on payments that do not come: what the rules would do is said before they are kept."""

from __future__ import annotations

from datetime import timedelta

from services import clock
from services.shop import Shop
from tests.orders.sample import keep, unpaid
from tests.pages.drawn import screen, shown_html


def test_the_screen_says_which_orders_would_be_reminded_and_keeps_the_rules_only_when_saved(shop: Shop) -> None:
    keep(shop, unpaid("77", payment_method="cheque", placed_at=clock.now() - timedelta(days=5)))
    app = screen().switch_page("settings.py").run()
    app.number_input(key="set_unpaid_reminder_days").set_value(3).run()
    assert not app.exception
    assert "Now 1 order would be reminded of: #77." in shown_html(app)
    assert "Now 0 orders would be cancelled." in shown_html(app)
    assert shop.profile().rule("unpaid_reminder_days") == 0
    app.checkbox(key="set_hold_doubled").uncheck()
    app.button(key="save_unpaid").click().run()
    kept = shop.profile()
    assert (kept.rule("unpaid_reminder_days"), kept.rule("hold_doubled")) == (3, False)
