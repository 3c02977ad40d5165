"""The Messages screen."""

from __future__ import annotations

from data import preferences, templates
from data.ids import new_id
from services.messages import freezing, outbox, owned
from services.messages.kinds import Template
from services.messages.states import MessageState
from services.orders.statuses import ActionName
from services.people import MERCHANT
from services.shop import Shop
from tests.orders.moving import do
from tests.orders.sample import NOW, draft, keep
from tests.pages.drawn import given, screen, shown_html


def shipped(shop: Shop) -> str:
    """An order marked as shipped; its mail."""
    order_id = keep(shop, draft())[0]
    return do(shop, order_id, ActionName.MARK_SHIPPED).messages[0].message.id


def test_an_empty_outbox_says_so(shop: Shop) -> None:
    app = screen().switch_page("messages.py").run()
    assert not app.exception
    assert given(app, "messages")["rows"] == []


def test_a_mail_that_cannot_leave_is_kept_and_the_screen_says_why(shop: Shop) -> None:
    shipped(shop)
    app = screen().switch_page("messages.py").run()
    row = given(app, "messages")["rows"][0]
    assert row["order"] == "#2041"
    assert row["badge"]["word"] == "Waiting"
    assert row["detail"] == "kept here"
    assert "No mail leaves yet" in shown_html(app)


def test_a_mail_is_read_as_it_looks_and_stopped(shop: Shop) -> None:
    message_id = shipped(shop)
    app = screen(read=message_id).switch_page("messages.py").run()
    assert not app.exception
    assert "Inès" in given(app, "mail")["html"]
    app.button(key="stop").click().run()
    assert outbox.message(shop, message_id)["state"] == MessageState.CANCELLED


def test_a_frozen_shop_counts_what_it_keeps_back(shop: Shop) -> None:
    freezing.freeze(shop, MERCHANT)
    app = screen().switch_page("messages.py").run()
    assert "The shop is frozen: nothing leaves." in shown_html(app)
    shipped(shop)
    assert "The shop is frozen: 1 message waits and nothing leaves." in shown_html(app.run())


def test_a_group_shows_only_its_messages(shop: Shop) -> None:
    shipped(shop)
    app = screen(state="sent").switch_page("messages.py").run()
    assert given(app, "messages")["rows"] == []
    app = screen(state="waiting").switch_page("messages.py").run()
    assert len(given(app, "messages")["rows"]) == 1


def test_an_own_template_that_cannot_be_used_any_more_is_told(shop: Shop) -> None:
    with shop.store.write() as write:
        row = {"id": new_id(), "template": Template.ORDER_SHIPPED.value, "language": "fr", "subject": "{{ gone }}"}
        row |= {"body_text": "", "body_html": "", "is_ours": False, "happened_at": NOW, "actor": "owner"}
        templates.add(write, row)
        used = {owned.key(Template.ORDER_SHIPPED, "fr"): row["id"]}
        preferences.put(write, {owned.SETTING: used}, "owner", NOW)
    told = shown_html(screen().switch_page("messages.py").run())
    assert "cannot be used any more" in told
    assert "/mail-templates" in told
