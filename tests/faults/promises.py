"""What was promised, held against what a store holds after its process was killed and started again."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any

from services.imports.result import RunState
from services.messages.states import MessageState
from services.orders import derive
from services.orders.statuses import FulfilmentStatus, PaymentKind, PaymentStatus
from tests.faults.looking import Seen
from tests.faults.record import Record, State, Step
from tests.faults.tally import Tally


class Promise(StrEnum):
    """What Comptoir promises; the words are those of the page."""

    ANSWERED = "A change that was answered is there"
    WHOLE = "A change that was not answered is there whole, or not at all"
    NEVER_LATER = "A change that was refused, or was not there after a kill, never comes by itself"
    REPEATED = "A request that comes again with its key is done once and answered as before"
    AS_ANSWERED = "An order is as the last answer about it said"
    SUMS = "Payments come to what is paid, refunds to what is refunded, and what is due follows"
    EVENTS = "An order's events tell its statuses, and all that they made is there"
    MAILS = "A mail leaves once, or is unsure and waits for a person"
    WEBHOOKS = "A webhook that was answered is kept, and digested once"
    JOBS = "A job does each of its orders once, and comes to its end"
    IMPORTS = "A file of orders is in as a whole, or not at all"
    UPGRADES = "An upgrade is there whole or not at all, and so are the copies and backups beside the store"
    CHECKS = "The store's own checks find nothing"
    STARTS = "It starts again, and answers every fault with a sentence"


_HAS_LEFT = {MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.BOUNCED}
_IS_OVER = {*_HAS_LEFT, MessageState.FAILED, MessageState.UNSURE, MessageState.CANCELLED}


class Audit:
    """One look at one store. `taken` are the mails that the mail service took; `is_end`: everything had its time."""

    def __init__(self, record: Record, seen: Seen, taken: Iterable[str], tally: Tally, *, is_end: bool = False) -> None:
        self.record, self.seen, self.tally, self.is_end = record, seen, tally, is_end
        self.taken = Counter(taken)
        self.orders = {row["id"]: row for row in seen["orders"]}
        self.by_source = {row["source_id"]: row for row in seen["orders"]}
        self.by_number = {row["number"]: row for row in seen["orders"]}
        self.events_by_mark: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for event in seen["events"]:
            if event["reason"]:
                self.events_by_mark[event["reason"]].append(event)
        self.of_order: dict[str, dict[str, list[dict[str, Any]]]] = {
            name: _grouped(seen[name]) for name in ("events", "payments", "lines", "parcels", "notes", "messages")
        }

    def judge(self) -> None:
        """Hold everything; what is broken goes to the tally."""
        of_kind: dict[str, Callable[[Step], None]] = {
            "take": self._take, "act": self._act, "many": self._many, "bring": self._bring, "hear": self._hear,
        }  # fmt: skip
        for step in self.record.steps:
            if step.kind in of_kind:
                of_kind[step.kind](step)
        self._files()
        for order in self.seen["orders"]:
            self._sums(order)
            self._events(order)
        self._answers()
        self._mails()
        for name, rows, examples in self.seen["checks"]:
            self.tally.broken(Promise.CHECKS, f"{name}: {rows} ({examples})")
        self.tally.held(Promise.CHECKS)

    def _settled(self, step: Step, is_there: bool, words: str) -> bool:
        """Whether a step is there as it must be; one that nobody knew of is known from now on."""
        if step.state is State.ASKED:
            step.state = State.THERE if is_there else State.GONE
            self.tally.held(Promise.WHOLE)
        elif step.state.must_be_there:
            self.tally.hold(Promise.ANSWERED, is_there, f"{words} is missing ({step.state})")
        else:
            self.tally.hold(Promise.NEVER_LATER, not is_there, f"{words} is there ({step.state})")
        return is_there

    def _take(self, step: Step) -> None:
        order = self.by_source.get(step.mark)
        if not self._settled(step, order is not None, f"order of {step.mark}") or order is None:
            return
        parts = {name: rows.get(order["id"], []) for name, rows in self.of_order.items()}
        wanted = step.given["body"]
        is_whole = (
            len(parts["lines"]) == len(wanted["lines"]) == order["line_count"]
            and [event["kind"] for event in parts["events"]][:1] == ["placed"]
            and {"order_confirmation", "new_order"} <= {message["template"] for message in parts["messages"]}
            and any(row["order_id"] == order["id"] for row in self.seen["found"])
        )
        self.tally.hold(Promise.WHOLE, is_whole, f"order of {step.mark} is half: {parts}")

    def _act(self, step: Step) -> None:
        events = [event for event in self.events_by_mark[step.mark] if not event["kind"].startswith("goods_")]
        self._settled(step, bool(events), f"{step.given['action']} of {step.mark}")
        self.tally.hold(Promise.WHOLE, len(events) <= 1, f"{step.mark} was done {len(events)} times")
        if step.state is State.ANSWERED and events:
            self.tally.hold(
                Promise.ANSWERED, events[0]["id"] == step.answer["event"], f"{step.mark} is another event than answered"
            )
        if step.given["action"] in ("record_payment", "refund") and "reference" in step.given["params"]:
            moved = [row for row in self.seen["payments"] if row["reference"] == step.mark]
            self.tally.hold(Promise.WHOLE, len(moved) == len(events), f"{step.mark} moved money {len(moved)} times")

    def _many(self, step: Step) -> None:
        job = next((row for row in self.seen["jobs"] if json.loads(row["about_json"])["reason"] == step.mark), None)
        if not self._settled(step, job is not None, f"job of {step.mark}") or job is None:
            return
        events = [event for event in self.events_by_mark[step.mark] if not event["kind"].startswith("goods_")]
        results = [row for row in self.seen["results"] if row["job_id"] == job["id"]]
        done = {(row["order_id"], row["event_id"]) for row in results if row["outcome"] == "done"}
        made = [(event["order_id"], event["id"]) for event in events]
        self.tally.hold(Promise.JOBS, sorted(made) == sorted(done), f"job of {step.mark}: {made} is not {done}")
        each = Counter(row["order_id"] for row in results)
        self.tally.hold(Promise.JOBS, all(n == 1 for n in each.values()), f"job of {step.mark}: twice in {each}")
        if self.is_end:
            is_over = job["state"] == "done" and len(results) == job["item_count"]
            self.tally.hold(Promise.JOBS, is_over, f"job of {step.mark} is {job['state']} with {len(results)} results")

    def _bring(self, step: Step) -> None:
        """What a file brought is judged over all files, in `_files`."""
        run = next((row for row in self.seen["runs"] if row["file_name"] == f"orders-{step.number}.csv"), None)
        is_done = run is not None and run["state"] == RunState.DONE
        self._settled(step, is_done, f"import of {step.mark} ({run})")

    def _files(self) -> None:
        by_file: dict[str, set[str]] = defaultdict(set)
        count: Counter[str] = Counter()
        for number, order in self.by_number.items():
            if number.startswith("#") and "-" in number:
                which = number[1:].split("-")[0]
                by_file[which].add(order["email"])
                count[which] += 1
                is_whole = len(self.of_order["lines"].get(order["id"], [])) == 2
                self.tally.hold(Promise.IMPORTS, is_whole, f"imported order {number} is half")
        # a later file leaves orders that somebody is at as they are, so its address may stand in some of them only
        known = {f"step{step.number}@example.com" for step in self.record.of("bring") if step.state.must_be_there}
        for which, addresses in by_file.items():
            whole = 3 + int(which) % 20
            is_one = count[which] == whole and addresses <= known
            self.tally.hold(Promise.IMPORTS, is_one, f"file {which}: {count[which]} of {whole} orders, {addresses}")
        for step in self.record.of("bring"):
            if step.state.must_be_there:
                which = step.given["first"]
                self.tally.hold(Promise.ANSWERED, str(which) in by_file, f"orders of {step.mark} are missing")

    def _hear(self, step: Step) -> None:
        told = [row for row in self.seen["reports"] if row["provider_event_id"].startswith(f"step-{step.number}-")]
        each = Counter(row["provider_event_id"] for row in told)
        self.tally.hold(Promise.WEBHOOKS, all(n == 1 for n in each.values()), f"{step.mark} was noted twice: {each}")
        if step.state is not State.ANSWERED:
            return
        kept = next((row for row in self.seen["inbox"] if row["id"] == step.answer), None)
        self.tally.hold(Promise.ANSWERED, kept is not None, f"webhook of {step.mark} is missing")
        is_digested = kept is not None and kept["outcome"] in ("digested", "repeated")
        if self.is_end:
            self.tally.hold(Promise.WEBHOOKS, is_digested, f"webhook of {step.mark}: {kept}")
        if is_digested:
            known = {row["id"] for row in self.seen["messages"]}
            wanted = {one["sg_event_id"] for one in step.given["events"] if one["message_id"] in known}
            self.tally.hold(Promise.WEBHOOKS, wanted <= set(each), f"{step.mark}: reports {wanted - set(each)} missing")

    def _sums(self, order: dict[str, Any]) -> None:
        paid = refunded = Decimal(0)
        for row in self.of_order["payments"].get(order["id"], []):
            if row["is_void"]:
                continue
            paid += row["amount"] if PaymentKind(row["kind"]).is_received else 0
            refunded += row["amount"] if row["kind"] == PaymentKind.REFUND else 0
        due = derive.due(
            order["total"],
            order["paid"],
            PaymentStatus(order["payment_status"]),
            FulfilmentStatus(order["fulfilment_status"]),
        )
        is_right = (paid, refunded, due) == (order["paid"], order["refunded"], order["due"])
        self.tally.hold(Promise.SUMS, is_right, f"{order['number']}: {paid}, {refunded}, {due} against {order}")

    def _events(self, order: dict[str, Any]) -> None:
        said: dict[str, str] = {}
        for event in self.of_order["events"].get(order["id"], []):
            after = json.loads(event["after_json"])
            said |= {name: after[name] for name in ("payment_status", "fulfilment_status") if name in after}
            made = json.loads(event["made_json"])
            for name, rows in (
                ("payments", "payments"),
                ("shipments", "parcels"),
                ("order_notes", "notes"),
                ("messages", "messages"),
            ):
                there = {row["id"] for row in self.of_order[rows].get(order["id"], [])}
                missing = set(made.get(name, ())) - there
                self.tally.hold(Promise.EVENTS, not missing, f"{order['number']}: {event['kind']} lost {name}")
        is_told = all(order[name] == value for name, value in said.items())
        self.tally.hold(Promise.EVENTS, is_told, f"{order['number']}: events say {said}, the order is {order}")

    def _answers(self) -> None:
        latest: dict[str, dict[str, Any]] = {}
        for step in self.record.steps:
            if step.state is State.ANSWERED and step.kind in ("take", "act"):
                order = step.answer if step.kind == "take" else step.answer["order"]
                if order["version"] >= latest.get(order["id"], {"version": 0})["version"]:
                    latest[order["id"]] = order
        for order_id, told in latest.items():
            order = self.orders.get(order_id)
            if order is None or order["version"] < told["version"]:
                self.tally.broken(Promise.AS_ANSWERED, f"{told['number']} went back: {order} from {told['version']}")
            elif order["version"] == told["version"]:
                self.tally.hold(Promise.AS_ANSWERED, *self._same(order, told))

    def _same(self, order: dict[str, Any], told: dict[str, Any]) -> tuple[bool, str]:
        now: dict[str, Any] = {
            name: order[name] for name in ("number", "payment_status", "fulfilment_status", "email", "tags")
        }
        now |= {name: Decimal(order[name]) for name in ("total", "paid", "refunded", "due")}
        then = {name: Decimal(told[name]) if isinstance(value, Decimal) else told[name] for name, value in now.items()}
        for name, rows in (("payments", "payments"), ("shipments", "parcels"), ("notes", "notes")):
            there = self.of_order[rows].get(order["id"], [])
            now[name] = {row["id"] for row in there if not row["is_void"]}
            then[name] = {part["id"] for part in told[name]}
        lines = self.of_order["lines"].get(order["id"], [])
        moved = ("quantity", "shipped", "returned", "refunded")
        now["lines"] = {row["id"]: [float(row[name]) for name in moved] for row in lines}
        then["lines"] = {line["id"]: [float(line[name]) for name in moved] for line in told["lines"]}
        now["messages"] = {row["id"] for row in self.of_order["messages"].get(order["id"], [])} >= {
            row["id"] for row in told["messages"]
        }
        then["messages"] = True
        wrong = {name: (then[name], value) for name, value in now.items() if value != then[name]}
        return not wrong, f"{told['number']} is not as answered: {wrong}"

    def _mails(self) -> None:
        again = Counter(
            step.given["message"] for step in self.record.of("again") if not step.state.must_not_be_there
        )  # fmt: skip
        known = {row["id"] for row in self.seen["messages"]}
        strange = set(self.taken) - known
        self.tally.hold(Promise.MAILS, not strange, f"mails that no row knows left: {strange}")
        for row in self.seen["messages"]:
            state, left = MessageState(row["state"]), self.taken[row["id"]]
            words = f"mail {row['id']} ({row['template']}, {state}) left {left} times"
            self.tally.hold(Promise.MAILS, left <= 1 + again[row["id"]], words)
            if not again[row["id"]]:
                is_true = left > 0 if state in _HAS_LEFT else left == 0 or state in (
                    MessageState.SENDING, MessageState.UNSURE
                )  # fmt: skip
                self.tally.hold(Promise.MAILS, is_true, words)
            if self.is_end:
                self.tally.hold(Promise.MAILS, state in _IS_OVER, f"{words}, and waits for good")


def _grouped(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["order_id"]:
            found[row["order_id"]].append(row)
    return found
