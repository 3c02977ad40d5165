"""Reports go out once on each day on which they are due, with picture, table and file, whoever else is at it."""

from __future__ import annotations

import base64
import csv
import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from data import attachments, messages, scheduled
from data.dimensions import Dimension
from data.measures import Measure
from services import profile
from services.analytics import Asked, ask
from services.analytics.periods import Named
from services.boards import keeping
from services.errors import Conflict, Invalid, Unavailable
from services.messages import outbox, worker
from services.messages.kinds import Template
from services.messages.states import MessageState
from services.orders import bounces
from services.people import MERCHANT
from services.scheduled import picture, sending
from services.scheduled import report as reports
from services.scheduled.report import Report
from services.scheduled.schedule import Rhythm, Schedule
from services.shop import Shop
from tests.messages.conftest import any_mailing, sendgrid  # noqa: F401 - fixtures
from tests.orders.sample import MUGS, draft, keep

PNG = b"\x89PNG\r\n\x1a\n"
DUE = datetime(2026, 3, 15, 6)  # seven o'clock in Paris
EVE = DUE - timedelta(days=1, hours=-1)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures without the press."""
    monkeypatch.setattr(picture, "pictures", lambda some: [PNG if one else b"" for one, _kind in some])


def kept(shop: Shop, title: str = "By method", by: Dimension = Dimension.PAYMENT_METHOD) -> str:
    chart, _board = keeping.keep(shop, Asked((Measure.PLACED,), (by,)), "sizes", title, {}, "", MERCHANT)
    return chart.id


def daily(shop: Shop, monkeypatch: pytest.MonkeyPatch, at: datetime = EVE, **changes) -> Report:
    """A daily report at seven, kept at a moment."""
    with monkeypatch.context() as then:
        then.setattr("services.clock.now", lambda: at)
        made = Report("Every morning", Schedule(Rhythm.DAILY, hour=7), chart_id=kept(shop))
        return reports.keep(shop, replace(made, **changes), MERCHANT)


def mails(shop: Shop) -> list[dict]:
    with shop.store.read() as read:
        return [row for row in messages.page(read, [], "", 50, 0) if row["template"] == Template.REPORT]


def test_it_goes_out_once_a_day_at_its_hour(shop: Shop, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(shop, draft("1"))
    daily(shop, monkeypatch)
    for minute, count in ((-1, 0), (0, 1), (1, 1), (600, 1), (1440, 2)):
        sending.reports_turn(shop, DUE + timedelta(minutes=minute))
        assert len(mails(shop)) == count
    assert mails(shop)[0]["recipient"] == "elise@example.com"


def test_the_night_that_has_two_oclock_twice_brings_one(
    shop: Shop, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily(shop, monkeypatch, datetime(2026, 10, 24, 3), schedule=Schedule(Rhythm.DAILY, hour=2))
    for minute in range(0, 240, 20):
        sending.reports_turn(shop, datetime(2026, 10, 24, 23) + timedelta(minutes=minute))
    assert len(mails(shop)) == 1


def test_after_days_without_the_app_only_the_newest_goes_out(
    shop: Shop, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily(shop, monkeypatch)
    sending.reports_turn(shop, DUE + timedelta(days=9, hours=2))
    assert len(mails(shop)) == 1
    assert reports.reports_of(shop)[0].due_on == date(2026, 3, 24)


def test_one_made_after_its_hour_begins_tomorrow(shop: Shop, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    daily(shop, monkeypatch, DUE + timedelta(hours=1))
    sending.reports_turn(shop, DUE + timedelta(hours=2))
    assert mails(shop) == []


def test_two_at_the_same_time_send_it_once(any_shop: Shop, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    daily(any_shop, monkeypatch)
    write, seen = sending.write, []

    def slow(*given):  # another process sends it while this one draws
        if not seen:
            seen.append(1)
            sending.reports_turn(any_shop, DUE + timedelta(seconds=30))
        return write(*given)

    monkeypatch.setattr(sending, "write", slow)
    sending.reports_turn(any_shop, DUE)
    assert len(mails(any_shop)) == 1


@pytest.mark.parametrize("place", ["outbox", "files", "run"])
def test_what_is_killed_on_the_way_leaves_nothing_and_is_made_anew(
    shop: Shop, quick: None, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    daily(shop, monkeypatch)

    def killed(*_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        owner, name = {
            "outbox": (sending.outbox, "put"), "files": (attachments, "add"), "run": (scheduled, "note")
        }[place]  # fmt: skip
        broken.setattr(owner, name, killed)
        with pytest.raises(KeyboardInterrupt):
            sending.reports_turn(shop, DUE)
    assert mails(shop) == []
    sending.reports_turn(shop, DUE + timedelta(minutes=1))
    assert len(mails(shop)) == 1


def test_the_mail_that_leaves_has_picture_table_and_file(any_mailing: Shop, sendgrid, quick, monkeypatch) -> None:  # noqa: F811
    keep(any_mailing, draft("1"), draft("2", payment_method="card", payment_method_label="Card"))
    daily(any_mailing, monkeypatch, recipients=("elise@example.com", "bob@example.com"))
    sending.reports_turn(any_mailing, DUE)
    worker.turn(any_mailing, DUE)
    first, second = (request.body for request in sendgrid.taken)
    to = {one["personalizations"][0]["to"][0]["email"] for one in (first, second)}
    assert to == {"elise@example.com", "bob@example.com"}
    inline, file = first["attachments"]
    assert (inline["disposition"], inline["content_id"], inline["type"]) == ("inline", "chart1", "image/png")
    assert base64.b64decode(inline["content"]) == PNG
    assert 'src="cid:chart1"' in first["content"][1]["value"]
    assert (file["disposition"], file["filename"], file["type"]) == ("attachment", "01-by-method.csv", "text/csv")
    rows = list(csv.DictReader(io.StringIO(base64.b64decode(file["content"]).decode("utf-8-sig"))))
    assert {row["payment_method"]: row["placed"] for row in rows} == {"paypal": "48.90", "card": "48.90"}
    for words in ("PayPal", "€48.90", "By method"):
        assert words in first["content"][0]["value"]
        assert words in first["content"][1]["value"]


def test_the_mailbox_shows_the_picture_without_loading_anything(
    shop: Shop, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(shop, draft("1"))
    daily(shop, monkeypatch)
    sending.reports_turn(shop, DUE)
    row = outbox.message(shop, mails(shop)[0]["id"])
    assert "cid:" not in row["body_html"] and "data:image/png;base64," in row["body_html"]
    assert [file["name"] for file in row["files"]] == ["01-by-method.png", "01-by-method.csv"]


def test_one_that_came_back_goes_out_anew_with_its_files(
    shop: Shop, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(shop, draft("1"))
    daily(shop, monkeypatch)
    sending.reports_turn(shop, DUE)
    with shop.store.write() as write:
        messages.change(write, [mails(shop)[0]["id"]], {"state": MessageState.BOUNCED.value})
    anew = bounces.correct(shop, mails(shop)[0]["id"], "bob@example.com", MERCHANT).message
    assert [file["name"] for file in anew["files"]] == ["01-by-method.png", "01-by-method.csv"]


def test_names_of_products_are_text_in_mail_and_file(shop: Shop, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)> {{ 7 * 7 }}\r\nBcc: x"
    keep(shop, draft("1", lines=(replace(MUGS, name=name, sku=""),)))
    chart = kept(shop, "<b>Products</b> ../../etc", Dimension.PRODUCT)
    daily(shop, monkeypatch, chart_id=chart)
    sending.reports_turn(shop, DUE)
    row = outbox.message(shop, mails(shop)[0]["id"])
    assert "<img src=x" not in row["body_html"] and "<b>Products" not in row["body_html"]
    assert "{{ 7 * 7 }}" in row["body_text"]
    assert row["files"][-1]["name"] == "01-b-products-b-etc.csv"
    with shop.store.read() as read:
        file = attachments.of(read, [row["id"]])[row["id"]][-1]
    assert b"'=cmd" in base64.b64decode(file["content"])


def test_a_period_of_its_own_moves_with_the_days(shop: Shop, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(shop, draft("1"))  # on the 14th
    daily(shop, monkeypatch, period=Named.YESTERDAY)
    sending.reports_turn(shop, DUE)
    sending.reports_turn(shop, DUE + timedelta(days=1))
    newest, first = (outbox.message(shop, row["id"])["body_text"] for row in mails(shop))
    assert "€48.90" in first and "Mar 14, 2026" in first
    assert "€48.90" not in newest and "Mar 15, 2026" in newest


def test_a_board_that_is_gone_is_said_and_tried_no_more_that_day(
    shop: Shop, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = daily(shop, monkeypatch)
    keeping.remove_chart(shop, made.chart_id)
    sending.reports_turn(shop, DUE)
    sending.reports_turn(shop, DUE + timedelta(minutes=1))
    (one,) = reports.reports_of(shop)
    assert (one.count_mails, mails(shop)) == (0, [])
    assert "gone" in one.fault


def test_a_press_that_fails_is_left_for_the_next_turn(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(shop, draft("1"))
    daily(shop, monkeypatch)

    def jammed(*_given):
        raise Unavailable("The press is out of paper.")

    with monkeypatch.context() as broken:
        broken.setattr(picture, "pictures", jammed)
        sending.reports_turn(shop, DUE)
    assert mails(shop) == []
    monkeypatch.setattr(picture, "pictures", lambda some: [b"" for _one in some])
    sending.reports_turn(shop, DUE + timedelta(minutes=1))
    assert len(mails(shop)) == 1


def test_one_sent_by_hand_is_no_report_of_the_day(shop: Shop, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made = daily(shop, monkeypatch, recipients=("bob@example.com",))
    row = sending.send_now(shop, made.id, MERCHANT)
    assert (row["recipient"], row["template"]) == ("elise@example.com", Template.REPORT)
    sending.reports_turn(shop, DUE)
    assert [one["recipient"] for one in mails(shop)] == ["bob@example.com", "elise@example.com"]


def test_the_press_draws_each_chart_in_any_script(shop: Shop) -> None:
    names = ("Tasse bleue", "‮ عربي", "田中さんの茶碗 #sys.inputs", "$ #panic() $")
    lines = tuple(replace(MUGS, name=name, sku=f"S{at}") for at, name in enumerate(names))
    keep(shop, draft("1", lines=lines, subtotal=Decimal(120), total=Decimal("124.90")))
    asked = [((Dimension.PRODUCT,), "sizes"), ((Dimension.DAY,), "bars"), ((Dimension.WEEKDAY, Dimension.HOUR), "heat")]
    answers = [(ask(shop, Asked((Measure.PLACED,), by)), kind) for by, kind in asked]
    answers += [
        (ask(shop, Asked((Measure.PLACED,), (Dimension.MONTH, Dimension.PRODUCT))), kind) for kind in ("bars", "lines")
    ]
    answers.append((ask(shop, Asked((Measure.PLACED,))), "table"))
    drawn = picture.pictures(answers)
    assert [one[:8] for one in drawn] == [PNG] * 5 + [b""]


def test_bars_stand_on_each_other_as_on_the_screen_and_what_is_not_over_is_open(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(shop, draft("1"), *(draft(number, payment_method="cheque", payment_method_label="") for number in "23"))
    monkeypatch.setattr("services.clock.now", lambda: datetime(2026, 3, 20, 12))
    drawn = picture.drawing(ask(shop, Asked((Measure.PLACED,), (Dimension.MONTH, Dimension.PAYMENT_METHOD))), "bars")
    assert drawn is not None
    bars = [one for one in drawn["items"] if one.get("open")]
    assert [round(one["height"] / bars[1]["height"]) for one in bars] == [2, 1]
    assert len({one["colour"] for one in bars}) == 2
    assert {"PayPal", "Cheque"} <= {one.get("text") for one in drawn["items"]}


def test_the_lines_beside_a_chart_are_round_and_hold_all_of_it() -> None:
    for low, high in ((0, 1), (0, 15123.4), (-40, 100), (0, 0.03), (0, 0)):
        steps = picture._ticks(low, high)
        assert steps[0] <= low and steps[-1] >= high and 2 <= len(steps) <= 7


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"recipients": ("no address",)}, "recipients"),
        ({"recipients": tuple(f"b{at}@example.com" for at in range(11))}, "recipients"),
        ({"chart_id": "nothing"}, "of"),
        ({"schedule": Schedule(Rhythm.DAILY, hour=24)}, "schedule"),
    ],
)
def test_a_report_that_makes_no_sense_is_refused(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, changes: dict, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        daily(shop, monkeypatch, **changes)
    assert list(refused.value.fields) == [field]


def test_there_is_an_end_to_reports(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    made = daily(shop, monkeypatch)
    with pytest.raises(Conflict):
        for _place in range(reports.MOST):
            reports.keep(shop, replace(made, id=""), MERCHANT)


def test_it_is_written_in_the_shops_language(shop: Shop, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with shop.store.write() as write:
        profile.change(write, shop.settings, {"language": "fr"}, "merchant", EVE)
    keep(shop, draft("1"))
    daily(shop, monkeypatch, period=Named.YESTERDAY)
    sending.reports_turn(shop, DUE)
    (row,) = mails(shop)
    assert row["subject"] == "Chez Élise\N{NO-BREAK SPACE}: Every morning, 14 mars 2026"
    assert "48,90\N{NO-BREAK SPACE}€" in outbox.message(shop, row["id"])["body_text"]
