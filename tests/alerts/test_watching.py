"""Alerts: told once when they begin, quiet until it was fine again, whatever else looks at the same time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from data import alerts, messages
from data.measures import Measure
from services import language, profile
from services.alerts import keeping, watching
from services.alerts.alert import Comparison, Span
from services.alerts.keeping import Wanted
from services.analytics import Ratio
from services.analytics.periods import Named
from services.errors import Invalid
from services.messages.kinds import Template
from services.orders.draft import DraftPayment
from services.orders.statuses import PaymentKind
from services.people import MERCHANT
from services.shop import Shop
from tests.orders.sample import NOW, draft, keep, unpaid

QUIET = Wanted("No order for three hours", Measure.ORDERS, "", Span(3), Comparison.UNDER, Decimal(1), tells_push=False)


def told(shop: Shop) -> list[tuple[str, str]]:
    """Template and subject of every message, oldest first."""
    with shop.store.read() as read:
        rows = messages.page(read, [], "", 50, 0)
    return [(row["template"], row["subject"]) for row in reversed(rows)]


def minutes(count: int) -> datetime:
    return NOW + timedelta(minutes=count)


def test_no_order_for_three_hours_is_told_once_and_again_after_it_was_fine(shop: Shop) -> None:
    keep(shop, draft("1"))
    keeping.make(shop, replace(QUIET, tells_end=True), MERCHANT)
    for at in (minutes(0), minutes(180), minutes(181), minutes(190)):
        watching.alerts_turn(shop, at)
    assert told(shop) == [(Template.ALERT, "Chez Élise, alert: No order for three hours")]
    keep(shop, draft("2", placed_at=minutes(195)))
    watching.alerts_turn(shop, minutes(196))
    watching.alerts_turn(shop, minutes(500))
    assert [template for template, _subject in told(shop)] == [Template.ALERT, Template.ALERT_OVER, Template.ALERT]


def test_its_mail_says_figure_condition_and_which_orders(shop: Shop) -> None:
    keeping.make(shop, QUIET, MERCHANT)
    watching.alerts_turn(shop, NOW)
    with shop.store.read() as read:
        row = messages.one(read, messages.page(read, [], "", 1, 0)[0]["id"])
    assert row is not None and row["recipient"] == "elise@example.com"
    span = "Mar 14, 2026, 07:26 to Mar 14, 2026, 10:26"
    for words in ("Orders under 1", "orders of the last 3 hours", "Orders: 0", span):
        assert words in row["body_text"]
        assert words in row["body_html"]


def test_it_is_told_in_the_shops_language(shop: Shop) -> None:
    with shop.store.write() as write:
        profile.change(write, shop.settings, {"language": "fr"}, "merchant", NOW)
    keeping.make(shop, QUIET, MERCHANT)
    with language.use("en"):
        watching.alerts_turn(shop, NOW)
    assert told(shop)[0][1] == "Chez Élise, alerte\N{NO-BREAK SPACE}: No order for three hours"


def test_payments_that_fail_are_told_from_enough_attempts_on(shop: Shop) -> None:
    failed = (DraftPayment(PaymentKind.FAILURE, Decimal("48.90"), NOW, failure_reason="declined"),)
    keep(shop, draft("1"), unpaid("2", payments=failed))
    rate = Wanted("Payments fail", Ratio.FAILURE_RATE, "", Span(24), Comparison.OVER, Decimal(5), least=3)
    keeping.make(shop, rate, MERCHANT)
    watching.alerts_turn(shop, minutes(1))
    assert told(shop) == []
    keep(shop, draft("3"))
    watching.alerts_turn(shop, minutes(2))
    (alert,) = [one.alert for one in keeping.alerts_of(shop)]
    assert alert is not None
    found = keeping.tried(shop, [alert], minutes(2))[alert.id]
    assert (found.value, found.base, found.holds) == (Decimal("33.3"), 3, True)
    assert len(told(shop)) == 1


def test_orders_that_wait_are_counted_as_they_stand(shop: Shop) -> None:
    keep(shop, draft("1"), draft("2"))
    wanted = Wanted("Too many", Measure.WAITING_ORDERS, "country:FR", Span(name=Named.ALL), Comparison.OVER, Decimal(1))
    keeping.make(shop, wanted, MERCHANT)
    watching.alerts_turn(shop, NOW)
    assert len(told(shop)) == 1


def test_an_order_from_just_before_the_span_does_not_count(shop: Shop) -> None:
    keep(shop, draft("1", placed_at=minutes(-181)))
    alert = keeping.make(shop, QUIET, MERCHANT)
    assert keeping.tried(shop, [alert], NOW)[alert.id].value == 0
    assert keeping.tried(shop, [alert], minutes(-2))[alert.id].value == 1


def test_outside_its_hours_nothing_is_told(shop: Shop) -> None:
    """09:26 UTC is 10:26 in Paris."""
    keeping.make(shop, replace(QUIET, from_hour=11, until_hour=22), MERCHANT)
    watching.alerts_turn(shop, NOW)
    assert told(shop) == []
    watching.alerts_turn(shop, minutes(40))
    assert len(told(shop)) == 1


def test_a_night_may_be_watched(shop: Shop) -> None:
    alert = keeping.make(shop, replace(QUIET, from_hour=22, until_hour=6), MERCHANT)
    hours = [hour for hour in range(24) if alert.is_watched(datetime(2026, 1, 5, hour), "UTC")]
    assert hours == [0, 1, 2, 3, 4, 5, 22, 23]


def test_a_paused_alert_is_quiet_and_begins_anew_when_it_is_taken_up(shop: Shop) -> None:
    alert = keeping.make(shop, QUIET, MERCHANT)
    watching.alerts_turn(shop, NOW)
    keeping.pause(shop, alert.id, True)
    watching.alerts_turn(shop, minutes(5))
    keeping.pause(shop, alert.id, False)
    watching.alerts_turn(shop, minutes(6))
    watching.alerts_turn(shop, minutes(7))
    assert len(told(shop)) == 2


def test_two_that_look_at_the_same_time_tell_it_once(any_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    keeping.make(any_shop, QUIET, MERCHANT)
    look = watching.look
    seen = []

    def slow(*given):  # another process turns it between this one's look and its writing
        found = look(*given)
        if not seen:
            seen.append(1)
            watching.alerts_turn(any_shop, minutes(1))
        return found

    monkeypatch.setattr(watching, "look", slow)
    watching.alerts_turn(any_shop, NOW)
    assert len(told(any_shop)) == 1


def test_what_is_killed_before_the_commit_is_told_by_the_next_look(
    any_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.make(any_shop, QUIET, MERCHANT)
    with monkeypatch.context() as broken:
        broken.setattr(watching.outbox, "put", lambda *_given: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            watching.alerts_turn(any_shop, NOW)
    assert told(any_shop) == []
    watching.alerts_turn(any_shop, minutes(1))
    assert len(told(any_shop)) == 1


def test_looking_does_not_write_while_nothing_turns(shop: Shop) -> None:
    keep(shop, draft("1"))
    keeping.make(shop, QUIET, MERCHANT)
    watching.alerts_turn(shop, NOW)
    before = shop.store.changes
    watching.alerts_turn(shop, minutes(1))
    assert shop.store.changes == before


def test_a_query_that_is_understood_no_more_is_said_and_disturbs_no_other(shop: Shop) -> None:
    broken = keeping.make(shop, QUIET, MERCHANT)
    keeping.make(shop, replace(QUIET, title="The other"), MERCHANT)
    with shop.store.write() as write:
        row = alerts.one(write, broken.id)
        assert row is not None
        kept = {name: row[name] for name in row if name not in ("is_raised", "since", "told_at", "value", "value_at",
                                                                "sentence")}  # fmt: skip
        alerts.keep(write, kept | {"query": "colour:blue"})
    watching.alerts_turn(shop, NOW)
    assert [subject for _template, subject in told(shop)] == ["Chez Élise, alert: The other"]
    assert "colour" in keeping.alerts_of(shop)[0].state.sentence


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"threshold": Decimal("NaN")}, "threshold"),
        ({"query": "colour:blue"}, "query"),
        ({"from_hour": 5, "until_hour": 5}, "from_hour"),
        ({"tells_mail": False}, "tells_mail"),
        ({"least": -1}, "least"),
    ],
)
def test_an_alert_that_makes_no_sense_is_refused(shop: Shop, changes: dict, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        keeping.make(shop, replace(QUIET, **changes), MERCHANT)
    assert list(refused.value.fields) == [field]


def test_a_hostile_title_is_text_in_the_mail(shop: Shop) -> None:
    keeping.make(shop, replace(QUIET, title="<script>alert(1)</script> {{ 7 * 7 }}"), MERCHANT)
    watching.alerts_turn(shop, NOW)
    with shop.store.read() as read:
        row = messages.one(read, messages.page(read, [], "", 1, 0)[0]["id"])
    assert row is not None
    assert "<script" not in row["body_html"] and "{{ 7 * 7 }}" in row["body_text"]
