"""Fifty people at the counter at once: half filter, a quarter open orders, a quarter write on them.

    python -m bench.people [--orders 1000000] [--store FILE] [--people 50] [--seconds 60]

Each speaks to the app as a browser does: a websocket, Streamlit's own messages, a click of our own pieces of screen,
and the parts that draw themselves anew every few seconds. The time is that from the click until the text has arrived;
what a browser takes to put it on the screen is measured by `bench.click`. Real browsers would need the two cores that
the app is to have for itself. At the end every order that was written on is read again: no note may be missing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bench.counter import Counter, served
from bench.figures import Figure
from bench.shops import copied, shop_of

PEOPLE, SECONDS = 50, 60.0
PAUSE = (1.5, 4.5)  # seconds between two clicks of a person
LATE = 30.0  # seconds after which a click counts as lost
TARGET = 500.0  # milliseconds, p95
QUERIES = (
    "payment_method:paypal", "month:2026-03", "fulfilment:awaiting_processing", "country:FR", "payment:paid",
    "payment_method:card month:2026-05", "status:shipped", "martin", "",
)  # fmt: skip


@dataclass
class Seen:
    """What all of them saw: times by what was clicked, what went wrong, and the notes that must be there."""

    times: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    drawn: int = 0

    def took(self, what: str, seconds: float) -> None:
        self.times.setdefault(what, []).append(seconds * 1000)


class Person:
    """One browser with one tab."""

    def __init__(self, port: int, seen: Seen) -> None:
        self._port, self._seen = port, seen
        self._socket: ClientConnection
        self._pages: dict[str, str] = {}  # address -> hash
        self._ids: dict[str, str] = {}  # piece or key -> id of the widget
        self._parts: dict[str, str] = {}  # piece -> fragment that draws it
        self._timers: dict[str, tuple[float, float]] = {}  # fragment -> every so many seconds, due
        self._page = self._query = ""
        self._arrived: dict[str, asyncio.Event] = {}

    async def begin(self) -> None:
        """Open the first screen; returns when it is drawn."""
        origin = f"http://127.0.0.1:{self._port}"
        self._socket = await connect(
            f"ws://127.0.0.1:{self._port}/_stcore/stream", origin=origin, subprotocols=["streamlit"], max_size=None,
            compression=None, open_timeout=60, ping_timeout=None,
        )  # type: ignore[arg-type]  # fmt: skip
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._redraw())]
        await self._ask("drawn", {})

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self._socket.close()

    async def filter(self, query: str) -> None:
        """Click a filter of the list, and wait for the new table."""
        event = [{"event": "asked", "value": f"/?q={quote(query)}"}]
        self._query = f"q={quote(query)}"
        await self._ask(
            "piece:orders", {_make_trigger_id(self._ids["filters"], "events"): ("json", json.dumps(event))},
            fragment=self._parts["filters"],
        )  # fmt: skip

    async def open(self, order_id: str) -> None:
        """Open an order, and wait for all of it."""
        self._page, self._query = self._pages["order"], f"id={order_id}"
        self._timers.clear()
        await self._ask("drawn", {})

    async def note(self, text: str) -> None:
        """Write a note on the order that is open, and wait until the screen shows it."""
        button = next(one for key, one in self._ids.items() if key.startswith("FormSubmitter:note"))
        await self._ask("drawn", {self._ids["note_text"]: ("text", text), button: ("click", "")})

    async def home(self) -> None:
        self._page = self._query = ""
        self._timers.clear()
        await self._ask("drawn", {})

    async def _ask(self, what: str, states: Mapping[str, tuple[str, str]], fragment: str = "") -> None:
        self._arrived[what] = event = asyncio.Event()
        await self._send(states, fragment)
        await asyncio.wait_for(event.wait(), LATE)

    async def _send(self, states: Mapping[str, tuple[str, str]], fragment: str, is_by_itself: bool = False) -> None:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash = self._query, self._page
        asked.fragment_id, asked.is_auto_rerun = fragment, is_by_itself
        asked.context_info.timezone, asked.context_info.url = "UTC", f"http://127.0.0.1:{self._port}/"
        for widget, (kind, value) in states.items():
            state = asked.widget_states.widgets.add(id=widget)
            if kind == "json":
                state.json_trigger_value = value
            elif kind == "text":
                state.string_value = value
            else:
                state.trigger_value = True
        await self._socket.send(message.SerializeToString())

    async def _redraw(self) -> None:
        """What draws itself anew every few seconds asks for it, as the browser does."""
        while True:
            await asyncio.sleep(0.1)
            now = time.monotonic()
            for fragment, (every, due) in list(self._timers.items()):
                if due <= now:
                    self._timers[fragment] = (every, now + every)
                    await self._send({}, fragment, is_by_itself=True)

    async def _listen(self) -> None:
        async for raw in self._socket:
            message = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
            kind = message.WhichOneof("type")
            if kind == "navigation":
                self._pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
                self._page = self._page or message.navigation.page_script_hash
            elif kind == "auto_rerun":
                every = message.auto_rerun.interval
                self._timers[message.auto_rerun.fragment_id] = (every, time.monotonic() + every)
            elif kind == "delta":
                self._note_delta(message)
            elif kind == "script_finished":
                self._seen.drawn += 1
                finished = ForwardMsg.ScriptFinishedStatus
                if message.script_finished == finished.FINISHED_SUCCESSFULLY:
                    self._has("drawn")

    def _note_delta(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "bidi_component":
            piece = element.bidi_component.component_name.removeprefix("comptoir_")
            self._ids[piece], self._parts[piece] = element.bidi_component.id, message.delta.fragment_id
            self._has(f"piece:{piece}")
        elif kind in ("text_area", "button"):
            one = getattr(element, kind)
            self._ids[one.id.split("-", 2)[-1]] = one.id
        elif kind == "exception":
            self._seen.wrong.append(element.exception.message[:200])
        elif kind == "html" and 'class="ct-problem"' in element.html.body:
            self._seen.wrong.append("a screen could not be drawn")

    def _has(self, what: str) -> None:
        if event := self._arrived.pop(what, None):
            event.set()


async def _work(number: int, person: Person, orders: Sequence[str], seen: Seen, until: float) -> None:
    """A person at work: 0 and 2 of four filter, 1 opens orders, 3 writes on them."""
    dice = random.Random(number)
    kind = number % 4
    while time.monotonic() < until:
        await asyncio.sleep(dice.uniform(*PAUSE))
        began = time.perf_counter()
        what = {1: "open an order", 3: "open an order"}.get(kind, "filter")
        try:
            if kind in (0, 2):
                await person.filter(dice.choice(QUERIES))
            else:
                order_id = dice.choice(orders)
                await person.open(order_id)
                if kind == 3:
                    seen.took(what, time.perf_counter() - began)
                    await asyncio.sleep(dice.uniform(0.5, 1.5))
                    text, what, began = f"note {number}-{dice.random()}", "write a note", time.perf_counter()
                    await person.note(text)
                    seen.notes.setdefault(order_id, []).append(text)
        except TimeoutError:
            seen.wrong.append(f"{what}: no answer within {LATE:.0f} s")
        else:
            seen.took(what, time.perf_counter() - began)


async def _day(port: int, count: int, seconds: float, orders: Sequence[str], seen: Seen) -> None:
    people = [Person(port, seen) for _ in range(count)]
    for at in range(0, count, 5):  # they come one after the other, not in the same instant
        began = time.perf_counter()
        await asyncio.gather(*(person.begin() for person in people[at : at + 5]))
        seen.took("first screen, five at once", time.perf_counter() - began)
    seen.drawn = 0
    until = time.monotonic() + seconds
    done = await asyncio.gather(
        *(_work(number, person, orders, seen, until) for number, person in enumerate(people)), return_exceptions=True
    )
    seen.wrong += [f"{type(error).__name__}: {error}"[:200] for error in done if isinstance(error, BaseException)]
    await asyncio.gather(*(person.end() for person in people))


def measured(settings: Mapping[str, str], port: int, count: int = PEOPLE, seconds: float = SECONDS) -> list[Figure]:
    """The figures of such a day, on a shop that nobody else holds."""
    seen = Seen()
    with served(dict(settings), port) as pid:
        counter = Counter(port, pid)
        found: list[dict[str, Any]] = json.loads(json.dumps(counter.orders(limit=200)))["orders"]
        before, own, began = counter.cpu(), time.process_time(), time.perf_counter()
        asyncio.run(_day(port, count, seconds, [one["id"] for one in found], seen))
        lasted = time.perf_counter() - began
        used, ours = (counter.cpu() - before) / lasted, (time.process_time() - own) / lasted
        memory = counter.memory()
        counter = Counter(port, pid)  # the server has hung up on the other one
        lost = 0
        for order_id, texts in seen.notes.items():
            kept = {note["text"] for note in json.loads(json.dumps(counter.order(order_id)))["notes"]}
            lost += sum(text not in kept for text in texts)
    written = sum(map(len, seen.notes.values()))
    facts = f"{len(seen.wrong)} errors, {lost} of {written} notes lost, {memory:.0f} MB, "
    facts += f"{used:.1f} cores, and {ours:.1f} for the fifty themselves, {seen.drawn / lasted:.0f} drawings/s"
    for one in sorted(set(seen.wrong))[:5]:
        print(f"  wrong: {one}")
    return [
        Figure("people", f"{count} at once, {what}", times, target=TARGET if "first" not in what else None,
               note=f"p95 {sorted(times)[int(len(times) * 0.95)]:.0f}, {len(times)} clicks, {facts}")
        for what, times in seen.times.items()
    ]  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--store", default="")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--port", type=int, default=8795)
    given = parser.parse_args()
    with copied(shop_of(given.orders, given.store)[0]) as settings:
        for figure in measured(settings, given.port, given.people, given.seconds):
            print(f"{figure.name}: median {figure.median:.0f} ms, p95 {figure.p95:.0f} ms; {figure.note}")


if __name__ == "__main__":
    main()
