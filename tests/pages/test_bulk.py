"""One action on many orders, on the screen."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import streamlit as st

from pages.parts import bulk_bar, bulk_sheet, bulk_words, list_events
from services import bulk, jobs
from services.bulk import Mails
from services.jobs.running import run_all
from services.orders.statuses import ActionName
from services.paper import printing
from services.paper.kinds import Paper
from services.paper.links import link
from services.shop import Shop
from tests.bulk.moving import did
from tests.orders import moving
from tests.orders.sample import NOW, draft, keep
from tests.pages.drawn import given, screen, shown_html


def test_the_bar_offers_the_actions_and_counts_all_that_match(shop: Shop) -> None:
    keep(shop, draft("2041"), draft("2042"), draft("2043", tags=("vip",)))
    told = given(screen(q="-tag:vip"), "orders")["bulk"]
    assert (told["total"], told["q"], told["all"]) == (2, "-tag:vip", "Select all 2 that match")
    keys = {entry["key"] for part in ("strong", "marks", "others") for entry in told[part]}
    assert {"mark_shipped", "mark_processing", "tag", "untag", "add_note", "resend", "cancel"} <= keys
    assert told["files"][0]["href"] == "/export/orders.csv"


def test_the_sheet_says_what_would_happen_and_one_click_starts_one_job(shop: Shop) -> None:
    ids = keep(shop, draft("2041"), draft("2042", email=""))
    app = screen()
    app.session_state["bulk_open"] = bulk_sheet.Sheet(ActionName.MARK_SHIPPED, bulk.picked(shop, ids), "", "token")
    app.run()
    said = shown_html(app)
    assert "<b>2</b><span>Will change</span>" in said and "<b>1</b><span>Mails</span>" in said
    assert "1 order: Nobody is told: this order has no e-mail address." in said
    app.button(key="bulk_do").click().run()
    assert not app.exception
    [job] = jobs.recent(shop)
    assert (job.item_count, job.about["action"]) == (2, "mark_shipped")
    run_all(shop)
    assert "2 orders changed." in shown_html(app.run())


def test_nobody_is_told_when_the_tick_is_taken_away(shop: Shop) -> None:
    ids = keep(shop, draft("2041"), draft("2042"))
    app = screen()
    app.session_state["bulk_open"] = bulk_sheet.Sheet(ActionName.MARK_SHIPPED, bulk.picked(shop, ids), "", "token")
    app.run()
    app.checkbox(key="bulk_form_tell").uncheck().run()
    assert "<b>2</b><span>Will change</span>" in shown_html(app) and "<b>0</b><span>Mails</span>" in shown_html(app)
    app.button(key="bulk_do").click().run()
    run_all(shop)
    assert [moving.now(shop, one).messages for one in ids] == [(), ()]


def test_what_needs_a_word_cannot_be_done_without(shop: Shop) -> None:
    app = screen()
    chosen = bulk.picked(shop, keep(shop, draft("2041")))
    app.session_state["bulk_open"] = bulk_sheet.Sheet(ActionName.TAG, chosen, "", "token")
    app.run()
    assert app.button(key="bulk_do").disabled
    app.text_input(key="bulk_form_tags").set_value("Noël, vip").run()
    app.button(key="bulk_do").click().run()
    run_all(shop)
    assert set(moving.now(shop, chosen.orders[0][0]).tags) == {"Noël", "vip"}


def test_nothing_selected_says_so(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = {"key": "tag", "ids": [], "all": False, "q": "", "at": 1}
    monkeypatch.setattr(st, "session_state", {list_events.TABLE: {"bulk": sent}})
    told: list[str] = []
    monkeypatch.setattr("pages.parts.problems.tell", told.append)
    monkeypatch.setattr("pages.parts.asking.language", lambda: "en")
    bulk_bar.asked()
    assert told == ["No order is selected."] and jobs.recent(shop) == []


def test_the_counts_are_told_in_full(shop: Shop) -> None:
    """9,999 changed, and the notice said 9."""
    told = SimpleNamespace(done=9999, refused=1, failed=0, left=0, state=jobs.JobState.DONE)
    assert bulk_words.counts(told) == "9,999 orders changed, 1 left as it is."  # type: ignore[arg-type]
    waits = Mails(made=9999, waiting=9999, leave_at=NOW, stopped=0, gone=0, failed=0)
    assert bulk_words.mails(waits, NOW, leaves_at_all=True) == "9,999 mails are leaving."
    frozen = bulk_words.mails(waits, NOW, leaves_at_all=True, is_frozen=True)
    assert frozen == "The shop is frozen: 9,999 mails wait."


def test_a_job_is_found_again_with_what_became_of_each_order(shop: Shop) -> None:
    ids = keep(shop, draft("2041"), draft("2042"))
    did(shop, ActionName.MARK_SHIPPED, ids[:1])
    done = did(shop, ActionName.MARK_SHIPPED, ids)
    assert (done.done, done.refused) == (1, 1)
    assert [job.item_count for job in jobs.recent(shop)] == [2, 1]


def test_papers_of_ticked_orders_are_one_file_and_invoices_are_issued_first(shop: Shop) -> None:
    ids = keep(shop, draft("2041"), draft("2042"))
    app = screen()
    app.session_state["papers_open"] = tuple(ids)
    app.run()
    links = [one.proto.url for one in app.get("link_button")]
    assert [links.index(one) for one in links if "invoice" in one] == []
    app.button(key="issue_invoice").click().run()
    assert not app.exception
    [opened] = [one.proto.url for one in app.get("link_button") if "invoice" in one.proto.url]
    assert opened == link(Paper.INVOICE, ids)
    assert [printing.numbers(shop, one)[Paper.INVOICE] for one in ids] != [[], []]
