"""What people, shops and programs may ask next: a random mix by seed."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from services.orders.statuses import ActionName
from tests.faults.looking import Seen
from tests.imports.invented import file, line, order

A = ActionName
Wish = tuple[str, dict[str, Any]]

_MIX = {"take": 20, "act": 40, "many": 8, "bring": 8, "hear": 12, "again": 2, "tend": 5, "back_up": 3}
_ACTIONS = {
    A.MARK_PAID: 14, A.RECORD_PAYMENT: 12, A.REFUND: 10, A.MARK_PROCESSING: 5, A.MARK_SHIPPED: 14, A.MARK_DELIVERED: 6,
    A.MARK_RETURNED: 4, A.HOLD: 4, A.RELEASE: 4, A.CANCEL: 4, A.ADD_NOTE: 10, A.TAG: 6, A.EDIT_TRACKING: 4,
    A.EDIT_CONTACT: 4, A.UNDO: 14, A.RESEND: 2,
}  # fmt: skip
_OF_MANY = (A.TAG, A.MARK_SHIPPED, A.ADD_NOTE, A.MARK_PROCESSING, A.HOLD, A.RELEASE, A.MARK_PAID)


class Wishes:
    """Dice, and what is known of the shop to throw them for."""

    def __init__(self, dice: random.Random, folder: Path) -> None:
        self._dice, self._folder = dice, folder
        self._brought: list[int] = []
        self.seen: Seen = {}
        self.taken: list[str] = []  # mails that the mail service took
        self.now = datetime(2026, 1, 1)

    def next(self, number: int) -> Wish:
        """What is asked as step `number`."""
        orders = self.seen.get("orders", [])
        kind = self._dice.choices(list(_MIX), list(_MIX.values()))[0] if orders else "take"
        return kind, getattr(self, f"_{kind}")(number)

    def _take(self, number: int) -> dict[str, Any]:
        dice = self._dice
        lines = [
            {"name": "Tasse", "quantity": dice.randint(1, 3), "unit_price": f"{dice.randint(1, 90)}.50"}
            for _line in range(dice.randint(1, 4))
        ]  # fmt: skip
        if dice.random() < 0.2:
            lines.append({"name": "Carte cadeau", "quantity": 1, "unit_price": "50.00", "kind": "gift_card"})
        body = {
            "currency": "EUR",
            "source": "faults",
            "source_id": f"step {number}",
            "email": f"ines{number}@example.com",
            "name": "Inès Kaba",
            "payment_method": dice.choice(["bank_transfer", "paypal", "cash_on_delivery"]),
            "payment_status": dice.choice(["awaiting_payment", "paid"]),
            "lines": lines,
        }
        return {"body": body, "key": f"key-{number}"}

    def _act(self, number: int) -> dict[str, Any]:
        order_ = self._dice.choice(self.seen["orders"])
        action = self._dice.choices(list(_ACTIONS), list(_ACTIONS.values()))[0]
        events = [event["id"] for event in self.seen["events"] if event["order_id"] == order_["id"]]
        version = order_["version"] if self._dice.random() < 0.15 else None
        return {
            "action": action.value,
            "order": order_["id"],
            "version": version,
            "params": self._params(action, number, events),
            "key": f"key-{number}",
        }

    def _params(self, action: ActionName, number: int, events: list[str]) -> dict[str, Any]:
        amount = f"{self._dice.randint(1, 30)}.00"
        return {
            A.RECORD_PAYMENT: {"amount": amount, "reference": f"step {number}"},
            A.REFUND: {"amount": amount, "reference": f"step {number}"} if self._dice.random() < 0.7 else {},
            A.MARK_SHIPPED: {"tracking_number": f"6A{number:011d}"},
            A.EDIT_TRACKING: {"tracking_number": f"6B{number:011d}"},
            A.EDIT_CONTACT: {"phone": f"06{number:08d}"},
            A.ADD_NOTE: {"text": f"step {number}"},
            A.TAG: {"tags": [f"step {number}"]},
            A.CANCEL: {"refund": self._dice.random() < 0.5},
            A.UNDO: {"event": self._dice.choice(events[-3:])} if events else {"event": ""},
            A.RESEND: {"template": "order_confirmation"},
        }.get(action, {})

    def _many(self, number: int) -> dict[str, Any]:
        every = [row["id"] for row in self.seen["orders"]]
        chosen = self._dice.sample(every, min(len(every), self._dice.randint(2, 25)))
        action = self._dice.choice(_OF_MANY)
        params = {A.TAG: {"tags": [f"step {number}"]}, A.ADD_NOTE: {"text": f"step {number}"}}.get(action, {})
        return {"action": action.value, "orders": chosen, "params": params}

    def _bring(self, number: int) -> dict[str, Any]:
        """A file of new orders, or one that came before with another address in every order."""
        is_new = not self._brought or self._dice.random() < 0.6
        which = number if is_new else self._dice.choice(self._brought)
        if is_new:
            self._brought.append(which)
        names = [f"#{which}-{nth}" for nth in range(1, 4 + which % 20)]
        rows = []
        for nth, name in enumerate(names):
            id_ = f"5{which:08d}{nth:03d}"
            rows += [order(name, id=id_, email=f"step{number}@example.com"), line(name)]
        path = file(self._folder, rows, name=f"orders-{number}.csv")
        return {"path": str(path), "first": which}

    def _hear(self, number: int) -> dict[str, Any]:
        chosen = self._dice.sample(self.taken, min(len(self.taken), self._dice.randint(1, 5)))
        stamp = int(self.now.replace(tzinfo=UTC).timestamp())
        events = [
            {
                "event": self._dice.choice(["delivered", "processed", "deferred", "bounce"]),
                "message_id": message,
                "sg_message_id": f"sg-{message}.recvd",
                "sg_event_id": f"step-{number}-{nth}",
                "timestamp": stamp,
            }
            for nth, message in enumerate(chosen)
        ]
        return {"events": events}

    def _again(self, number: int) -> dict[str, Any]:
        unsure = [row["id"] for row in self.seen["messages"] if row["state"] == "unsure"]
        return {"message": self._dice.choice(unsure) if unsure else ""}

    def _tend(self, number: int) -> dict[str, Any]:
        return {}

    def _back_up(self, number: int) -> dict[str, Any]:
        return {"folder": str(self._folder / f"backup-{number}")}
