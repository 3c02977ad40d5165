"""What is asked of a running app through its HTTP API: lists, search, one order, figures, every action, files."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bench import limits
from bench.analytics import QUESTIONS, Figures
from bench.counter import KEY, TARGETS, questions
from bench.figures import Figure, timed

WARM = 2  # rounds that do not count


@dataclass(frozen=True)
class Step:
    """An action: which orders it is tried on, and what goes along."""

    filter: dict[str, str]
    body: dict[str, object]


# in this order: some need what an earlier one made
STEPS: dict[str, Step] = {
    "mark_paid": Step({"payment_status": "awaiting_payment"}, {}),
    "mark_processing": Step({"fulfilment_status": "awaiting_processing"}, {}),
    "mark_shipped": Step({"fulfilment_status": "awaiting_processing"}, {"tracking_number": "6A00000000001"}),
    "mark_delivered": Step({"fulfilment_status": "shipped"}, {}),
    "mark_returned": Step({"fulfilment_status": "delivered"}, {}),
    "hold": Step({"fulfilment_status": "awaiting_processing"}, {"reason": "bench"}),
    "release": Step({"fulfilment_status": "on_hold"}, {}),
    "cancel": Step({"payment_status": "awaiting_payment"}, {"reason": "bench"}),
    "refund": Step({"payment_status": "paid"}, {"amount": "1.00"}),
    "add_note": Step({}, {"text": "Checked by the bench."}),
    "tag": Step({}, {"tag": "bench"}),
    "untag": Step({"tag": "bench"}, {"tag": "bench"}),
    "edit_contact": Step({}, {"email": "bench@example.com"}),
}


def lists(api: Figures, rounds: int) -> tuple[list[Figure], dict[str, Sequence[str]]]:
    """The counter's questions and, by their names, the plain statements for the same."""
    total = int(str(api.orders(limit=1)["total"]))
    middle: list[dict[str, Any]] = json.loads(
        json.dumps(api.orders(q=f"number:>={total // 2}", sort="number", limit=100))
    )["orders"]
    some = middle[0]
    month = some["placed_month"]
    plain: dict[str, Sequence[str]] = {
        "newest 50": limits.of_list(),
        "paid with PayPal": limits.of_list("payment_method = 'paypal'"),
        f"placed in {month}": limits.of_list(f"placed_month = '{month}'"),
        "awaiting processing": limits.of_list("fulfilment_status = 'awaiting_processing'"),
        "PayPal, one month, returned": limits.of_list(
            f"payment_method = 'paypal' and placed_month = '{month}' and fulfilment_status = 'returned'"
        ),
        "one order by id": limits.of_order(f"id = '{some['id']}'"),
        "one order by number": limits.of_order(f"number = '{some['number']}'"),
    }
    found = []
    for question in questions(api):
        for _ in range(WARM):
            question.timed(-1)
        name = "a last name" if question.name.startswith("last name") else question.name
        name = "a number" if question.name.startswith("number ") else name
        name = "placed in one month" if question.name.startswith("placed in ") else name
        if name != question.name and question.name in plain:
            plain[name] = plain.pop(question.name)
        times = [question.timed(turn) for turn in range(min(rounds, 24))]
        found.append(Figure(question.target, name, times, target=TARGETS[question.target]))
    plain |= {
        "a number": limits.of_word(some["number"]),
        "an e-mail address": limits.of_word(some["email"]),
        "a last name": limits.of_word(some["name"].split()[-1]),
    }
    return found, plain


def figures(api: Figures, rounds: int) -> Iterator[Figure]:
    """Every question of `bench.analytics`, an order changed before each round."""
    orders = api.orders(fulfilment_status="awaiting_processing", limit=200)["orders"]
    unchanged = [one["id"] for one in json.loads(json.dumps(orders))]
    month = json.loads(json.dumps(orders))[0]["placed_month"]
    for name, (path, given, target) in QUESTIONS.items():
        parameters = {key: value.format(month=month) for key, value in given.items()}

        def ask(path: str = path, parameters: dict[str, str] = parameters) -> None:
            api.figures(path, parameters)

        ask()
        times = []
        for _ in range(rounds):
            if unchanged:
                api.change(unchanged.pop())
            times.append(timed(ask))
        again = [timed(ask) for _ in range(3)]
        yield Figure("figures", name, times, target=target, note=f"again {min(again):.1f}")


def actions(api: Figures, rounds: int) -> Iterator[Figure]:
    """Every action, done for good on orders that take it; and its undo."""
    events: list[tuple[str, str]] = []
    for name, step in STEPS.items():
        told = json.loads(json.dumps(api.orders(limit=200, **step.filter)))["orders"]
        times = []
        for order in told:
            if len(times) >= rounds:
                break
            with suppress(Refused):
                body = step.body | {"tell_customer": True, "version": order["version"]}
                took, answer = _done(api, f"/api/v1/orders/{order['id']}/actions/{name}", body)
                times.append(took)
                if name == "mark_processing":
                    events.append((order["id"], answer["event"]))
        if times:
            yield Figure("action", name, times)
    times = []
    for order_id, event in events:
        with suppress(Refused):
            times.append(_done(api, f"/api/v1/orders/{order_id}/actions/undo", {"event": event})[0])
    if times:
        yield Figure("action", "undo", times)


class Refused(Exception):
    """The step is not legal for this order."""


def _done(api: Figures, path: str, body: dict[str, object]) -> tuple[float, dict[str, Any]]:
    """Milliseconds and the answer. A refusal is not counted."""
    con = api.connection
    answer: dict[str, Any] = {}

    def ask() -> None:
        con.request(
            "POST", path, json.dumps(body), {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
        )
        got = con.getresponse()
        answer.update(json.loads(got.read()), status_code=got.status)

    took = timed(ask)
    if answer["status_code"] != 200:
        raise Refused
    return took, answer


def files(api: Figures) -> Iterator[Figure]:
    """Everything as a file, streamed: three times each."""
    for form in ("csv", "parquet"):
        sizes: list[int] = []

        def whole(form: str = form, sizes: list[int] = sizes) -> None:
            sizes.append(_read_away(api.connection, f"/api/v1/orders/export.{form}?" + urlencode({"rows": "orders"})))

        times = [timed(whole) for _ in range(3)]
        target = {"csv": 5000.0, "parquet": 3000.0}[form]
        yield Figure("export", f"all orders as {form}", times, target=target, note=f"{sizes[-1] / 1e6:.0f} MB")


def _read_away(con: http.client.HTTPConnection, path: str) -> int:
    con.request("GET", path, headers={"Authorization": f"Bearer {KEY}"})
    answer, size = con.getresponse(), 0
    while piece := answer.read(1 << 20):
        size += len(piece)
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return size
