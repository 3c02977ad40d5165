"""The chain over the log: every way of writing an event leaves a link, and an altered past is found."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from data import event_chain, intake
from data.checks import log
from data.home import Home
from data.ids import new_id
from data.migrations import migrate
from data.store import Store
from services.shop import Shop, begin_log
from tests.data.orders import FIRST, ZONE, draft, rows

HOSTILE = "".join(map(chr, range(1, 0x100))) + "\0 \\u000b \\\\u000b \u2028 \ud7ff \uffff 😀 '\"/"


def event(**changes: Any) -> dict[str, Any]:
    texts = dict.fromkeys(("before_json", "after_json", "made_json"), "{}")
    told = {"kind": "note_added", "actor": "Ada", "reason": "", "cause": "", "undoes": None}
    return {"id": new_id(), "order_id": new_id(), "happened_at": FIRST, **told, **texts, **changes}


def broken(store: Store) -> dict[str, tuple[int, tuple[str, ...]]]:
    with store.read() as read:
        return {one.name: (one.rows, one.examples) for one in log.broken(read, size=7) if one.rows}


def links(store: Store) -> list[tuple[int, str, int]]:
    """(number, kind, events) of each link."""
    with store.read() as read:
        return read.tuples("select number, any_value(kind), count(*) from event_links group by number order by number")


def test_an_event_has_the_same_digest_in_python_and_in_sql(shop: Shop) -> None:
    told = [
        event(reason=HOSTILE, actor="\\"),
        event(undoes=new_id(), happened_at=FIRST + timedelta(microseconds=1)),
        event(after_json='{"name": "Inès"}', cause="\x1f"),
    ]
    with shop.store.write() as write:
        write.insert("order_events", told)
    with shop.store.read() as read:
        kept = dict(read.tuples(f"select id::varchar, {event_chain.digest_sql('e')} from order_events e"))
    assert kept == {one["id"]: event_chain.digest(one) for one in told}
    assert broken(shop.store) == {}


def test_each_way_of_writing_events_is_linked(any_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_chain, "LONGEST", 8)
    store = any_shop.store
    with store.write() as write:
        intake.add(write, rows(draft(1)), ZONE)  # one by one
    with store.write() as write:
        intake.add(write, rows(*(draft(nth) for nth in range(2, 22))), ZONE)  # as a set
        write.insert("order_events", [event(order_id=write.value("select id from orders limit 1"))])
    with store.write() as write:
        gone = [row["id"] for row in write.rows("select id from orders where number = '#1005'")]
        intake.remove(write, gone)
    assert links(store) == [
        (1, "written", 1), (2, "written", 8), (3, "written", 8), (4, "written", 4), (5, "written", 1),
        (6, "removed", 1),
    ]  # fmt: skip
    assert broken(store) == {}
    with store.read() as read:
        assert event_chain.head(read).number == event_chain.head(read, least=99).number == 6


def test_what_was_not_committed_is_not_linked(shop: Shop) -> None:
    with pytest.raises(ZeroDivisionError), shop.store.write() as write:
        write.insert("order_events", [event()])
        raise ZeroDivisionError
    with shop.store.write() as write:
        write.insert("order_events", [event(), event()])
    assert links(shop.store) == [(1, "written", 2)]


def test_the_newest_link_is_known_until_something_else_changes_the_links(shop: Shop) -> None:
    known = []
    for step in ("insert", "insert", "delete from event_links where number = 2", "insert", "insert"):
        with shop.store.write() as write:
            known.append(write.is_linked_alone)
            if step == "insert":
                write.insert("order_events", [event()])
            else:
                write.execute(step)
    assert known == [False, True, True, False, True]
    assert links(shop.store) == [(1, "written", 1), (2, "written", 1), (3, "written", 1)]


def test_a_store_of_before_gets_its_first_links_when_it_is_opened(shop: Shop) -> None:
    with shop.store.write() as write:
        intake.add(write, rows(draft(1), draft(2)), ZONE)
    with shop.store.write() as write:
        write.execute("delete from event_links")
    assert broken(shop.store)[log.SLIPPED_IN] == (2, ("#1001", "#1002"))
    begin_log(shop.store)
    begin_log(shop.store)
    assert (links(shop.store), broken(shop.store)) == ([(1, "written", 2)], {})


FIFTH = "(select event_id from event_links where number = 5)"
FAULTS = {
    "an event was altered": (
        f"update order_events set actor = 'Bob' where id = {FIFTH}", {log.ALTERED: (1, ("#1005",))}
    ),
    "an event was moved in time": (
        f"update order_events set happened_at = '2026-01-01' where id = {FIFTH}", {log.ALTERED: (1, ("#1005",))}
    ),
    "an event was given to another order": (
        f"update order_events set order_id = (select id from orders where number = '#1001') where id = {FIFTH}",
        {log.ALTERED: (1, ("#1001",))},
    ),
    "an event was slipped in": (
        "insert into order_events select * replace (uuid() as id) from order_events where kind = 'imported' limit 1",
        {log.SLIPPED_IN: (1, ("#1001",))},
    ),
    "an event that had gone was put back": (
        "insert into order_events select * replace ((select event_id from event_links where number = 9) as id) "
        "from order_events limit 1",
        {log.SLIPPED_IN: (1, ("#1001",))},
    ),
    "a link was altered with its event": (
        f"update event_links set digest = ''::blob where event_id = {FIFTH}",
        {log.LINKS: (1, ("link 5",)), log.ALTERED: (1, ("#1005",))},
    ),
    "a link was made anew": (
        "update event_links set hash = 'x'::blob where number = 5", {log.LINKS: (2, ("link 5", "link 6"))}
    ),
    "two links changed places": (
        "update event_links set number = 11 - number where number in (5, 6)",
        {log.LINKS: (3, ("link 5", "link 6", "link 7"))},
    ),
    "a link was taken out": (
        "delete from event_links where number = 5",
        {log.LINKS: (1, ("link 6",)), log.SLIPPED_IN: (1, ("#1005",))},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A store of eight orders, a link each; the eighth was taken out again."""
    store = Store(Home(str(tmp_path_factory.mktemp("told") / "shop.duckdb"), ""))
    migrate(store, FIRST)
    for nth in range(1, 9):
        with store.write() as write:
            intake.add(write, rows(draft(nth)), ZONE)
    with store.write() as write:
        intake.remove(write, [row["id"] for row in write.rows("select id from orders where number = '#1008'")])
    yield store
    store.close()


@pytest.mark.parametrize("fault", FAULTS)
def test_an_altered_past_is_found(told: Store, fault: str) -> None:
    sql, expected = FAULTS[fault]
    assert broken(told) == {}
    with pytest.raises(ZeroDivisionError), told.write() as write:
        write.execute(sql)
        assert {one.name: (one.rows, one.examples) for one in log.broken(write, size=7) if one.rows} == expected
        raise ZeroDivisionError  # the next test finds the store as it was


def test_an_event_that_was_taken_out_is_found(told: Store) -> None:
    with pytest.raises(ZeroDivisionError), told.write() as write:
        gone = write.value("select event_id from event_links where number = 5")
        write.execute("delete from order_events where id = ?::uuid", [gone])
        found = {one.name: one.examples for one in log.broken(write) if one.rows}
        assert found == {log.TAKEN_OUT: (f"event {gone}",)}
        raise ZeroDivisionError
