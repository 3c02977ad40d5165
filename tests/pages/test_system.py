"""The System screen: lights with a way out, what waits, the last check, slow questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest

from data import messages
from data.pace import SLOW_QUESTIONS
from services import checking, clock, system
from services.messages import drafting
from services.messages.kinds import Template
from services.messages.parts import Words
from services.messages.states import MessageState
from services.shop import Shop
from services.soundness_words import wrong
from tests.orders.sample import draft, keep
from tests.pages.drawn import screen, shown_html

ALL = ("worker", "upkeep", "jobs", "webhooks", "push")


@pytest.fixture(autouse=True)
def _all_runs() -> Iterator[None]:
    SLOW_QUESTIONS.forget()
    system.watch(lambda: dict.fromkeys(ALL, True))
    yield
    system.watch(dict)
    SLOW_QUESTIONS.forget()


def drawn() -> str:
    app = screen().switch_page("system.py").run()
    assert not app.exception
    return shown_html(app)


def test_lights_tell_what_is_wrong_and_lead_to_where_it_is_put_right(shop: Shop) -> None:
    shown = drawn()
    assert "Mail is not set up" in shown
    assert "href='/settings'" in shown
    assert shown.count("ct-light-good") == 4
    system.watch(lambda: dict.fromkeys(ALL, True) | {"worker": False})
    assert "The message worker does not run." in drawn()


def test_what_waits_is_counted_with_the_age_of_the_oldest(shop: Shop) -> None:
    due = clock.now() - timedelta(hours=2)
    words = Words("S", "T", "<p>T</p>")
    made = drafting.row(
        Template.ORDER_CONFIRMATION, words, "en", to="ines@example.com", sender="a@example.com", now=due,
        send_after=due, key="k",
    )  # fmt: skip
    with shop.store.write() as write:
        messages.add(write, [made])
    told = system.queue(shop)
    assert told.messages[MessageState.WAITING] == system.Waiting(1, due)
    assert told.webhooks == system.Waiting(0, None)
    assert "2 hours ago" in drawn()


def test_the_last_check_names_what_it_found_with_hostile_names_as_text(shop: Shop) -> None:
    assert "Not checked yet" in drawn()
    keep(shop, draft("<b>7"))
    with shop.store.write() as write:
        write.execute("update orders set paid = paid + 1")
    checking.run(shop, clock.now())
    shown = drawn()
    assert wrong("paid_is_the_sum_of_payments") in unescape(shown)
    assert "<code>python -m services check --repair</code>" in shown
    assert "&lt;b&gt;7" in shown


def test_slow_questions_are_told_by_their_shape(shop: Shop) -> None:
    assert "No question took longer than 0.5 s" in drawn()
    SLOW_QUESTIONS.note("select 'Ines' < 3 from orders", 1.25)
    SLOW_QUESTIONS.note("select 'Jean' < 3 from orders", 2.5)
    shown = drawn()
    assert "select … &lt; 3 from orders" in shown
    assert "Ines" not in shown
    (kind,) = system.slow()
    assert (kind.count, kind.longest) == (2, 2.5)


def test_settings_lead_here(shop: Shop) -> None:
    app = screen().switch_page("settings.py").run()
    assert "href='/system'" in shown_html(app)
