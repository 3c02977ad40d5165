"""What became of mails, on the screens: the notice on the order, its timeline, the sheet that corrects; browsers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from data import messages
from services import clock
from services.inbox import digesting, keeping
from services.inbox.letters import Came, Source, Verdict, row
from services.messages import outbox, push, reports
from services.messages.fates import Report
from services.messages.states import MessageEventKind, MessageState
from services.orders import reading
from services.orders.statuses import ActionName
from services.people import MERCHANT
from services.shop import Shop
from tests.messages import push_service
from tests.orders.moving import do
from tests.orders.sample import NOW, draft, keep
from tests.pages.drawn import given, screen, shown_html

WHY = "550 <b>no such user</b>"


def reported(shop: Shop, *kinds: MessageEventKind) -> tuple[str, str]:
    """An order and its shipping mail, of which the provider told all this."""
    order_id = keep(shop, draft())[0]
    message_id = do(shop, order_id, ActionName.MARK_SHIPPED).messages[0].message.id
    told = [Report(message_id, "sg", kind, NOW + timedelta(minutes=at), WHY, f"e{at}") for at, kind in enumerate(kinds)]
    with shop.store.write() as write:
        messages.change(write, [message_id], {"state": MessageState.ACCEPTED.value})
        reports.take(write, told, NOW)
    return order_id, message_id


def test_an_order_tells_of_a_lost_mail_and_one_sheet_settles_it(shop: Shop) -> None:
    order_id, message_id = reported(shop, MessageEventKind.BOUNCED)
    app = screen(id=order_id).switch_page("order.py").run()
    assert not app.exception
    assert "did not reach ines@example.com" in shown_html(app)
    assert "<b>no such user" not in shown_html(app)
    app.button(key=f"correct_{message_id}").click().run()
    app.text_input(key="bounce_address").input("ines.kaba@example.com").run()
    app.button(key="bounce_do").click().run()
    assert not app.exception
    assert "goes out again to ines.kaba@example.com" in shown_html(app)
    assert "did not reach" not in shown_html(app)
    order = reading.order(shop, order_id)
    assert order.email == "ines.kaba@example.com"
    assert [message.state for message in order.messages] == [MessageState.CANCELLED, MessageState.WAITING]


def test_an_address_that_is_none_is_said_and_nothing_changes(shop: Shop) -> None:
    order_id, message_id = reported(shop, MessageEventKind.BOUNCED)
    app = screen(id=order_id).switch_page("order.py").run()
    app.button(key=f"correct_{message_id}").click().run()
    app.text_input(key="bounce_address").input("ines.kaba").run()
    app.button(key="bounce_do").click().run()
    assert "is not an e-mail address" in shown_html(app)
    assert outbox.message(shop, message_id)["state"] == MessageState.BOUNCED


def test_the_timeline_tells_each_mails_fate(shop: Shop) -> None:
    order_id, _message = reported(shop, MessageEventKind.PROCESSED, MessageEventKind.DEFERRED, MessageEventKind.OPENED)
    app = screen(id=order_id).switch_page("order.py").run()
    [mail] = [entry for entry in given(app, "timeline")["entries"] if entry.get("mail")]
    assert mail["mail"]["badge"]["word"] == "Arrived"
    deferred, opened = mail["mail"]["fate"]
    assert deferred.startswith("The recipient’s mailbox asks to wait, ") and deferred.endswith(WHY)
    assert opened.startswith("Opened for the first time, ")


def test_messages_offers_to_correct_what_came_back(shop: Shop) -> None:
    _order, message_id = reported(shop, MessageEventKind.BOUNCED)
    app = screen(read=message_id).switch_page("messages.py").run()
    app.button(key="correct").click().run()
    assert not app.exception
    app.button(key="bounce_do").click().run()
    assert outbox.message(shop, message_id)["state"] == MessageState.CANCELLED


def test_settings_lists_enrolled_browsers_tries_and_removes_them(shop: Shop) -> None:
    subscription = push_service.Browser("https://push.example.com/x").subscription
    browser = push.enrol(shop, subscription, "Firefox [Linux](https://evil.example)", MERCHANT)
    app = screen().switch_page("settings.py").run()
    assert not app.exception
    assert len(given(app, "push")["enrolled"]) == 1
    app.button(key=f"try_{browser.id}").click().run()
    [trial] = outbox.page(shop).rows
    assert (trial["channel"], trial["state"]) == ("push", MessageState.WAITING)
    app.button(key=f"remove_{browser.id}").click().run()
    assert push.browsers(shop) == []
    assert outbox.message(shop, trial["id"])["state"] == MessageState.CANCELLED


def test_settings_say_whether_and_when_fates_were_heard(shop: Shop) -> None:
    app = screen().switch_page("settings.py").run()
    assert "SENDGRID_WEBHOOK_KEY" in shown_html(app)
    shop.settings = replace(shop.settings, sendgrid_webhook_key="a key")
    app = screen().switch_page("settings.py").run()
    assert "has not told anything yet" in shown_html(app)
    keeping.keep(shop, [row(Came(Source.SENDGRID, b"[]", verdict, clock.now())) for verdict in Verdict])
    digesting.turn(shop, clock.now())
    app = screen().switch_page("settings.py").run()
    assert "SendGrid told what became of mails" in shown_html(app)
    assert "1 webhook was refused" in shown_html(app)
