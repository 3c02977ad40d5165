"""Issuing papers with a number: once for an order or a refund, without gaps, and never changed afterwards."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data import acting, documents
from data.ids import new_id
from data.store import Row, Writer
from services import clock
from services.orders.order import Order, Payment
from services.orders.statuses import EventKind, PaymentKind
from services.paper.credit_notes import credit_note
from services.paper.invoices import invoice
from services.paper.kinds import Paper
from services.paper.sender import sender
from services.people import Actor
from services.profile import Profile

_PREFIX = {Paper.INVOICE: "invoice_prefix", Paper.CREDIT_NOTE: "credit_note_prefix"}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where papers are issued: inside the caller's transaction, by an actor, at a moment."""

    write: Writer
    rules: Profile
    actor: Actor
    at: datetime

    def invoices(self, order: Order, speak: str) -> list[Row]:
        """The order's invoice, issued now if it has none."""
        if there := documents.of_orders(self.write, [order.id], Paper.INVOICE):
            return there
        number = _Number.next(self, Paper.INVOICE)
        content = invoice(order, sender(self.write, self.rules), speak, self.rules.time_zone, number.text, self._today)
        return [self._keep(number, order, None, content)]

    def credit_notes(self, order: Order, speak: str) -> list[Row]:
        """A credit note for each refund of the order, those issued now that were missing; the invoice first."""
        refunds = [payment for payment in order.payments if payment.kind is PaymentKind.REFUND]
        if not refunds:
            return []
        corrected = self.invoices(order, speak)[0]["number"]
        there = documents.of_orders(self.write, [order.id], Paper.CREDIT_NOTE)
        issued = {row["refund_id"] for row in there}
        shop = sender(self.write, self.rules)
        for refund in refunds:
            if refund.id not in issued:
                number = _Number.next(self, Paper.CREDIT_NOTE)
                content = credit_note(
                    order, refund, sender(self.write, self.rules), speak, number.text, self._today, corrected
                )
                there.append(self._keep(number, order, refund, content))
        return there

    @property
    def _today(self) -> date:
        return clock.day(self.at, self.rules.time_zone)

    def _keep(self, number: _Number, order: Order, refund: Payment | None, content: dict[str, Any]) -> Row:
        event_id = new_id()
        row: Row = {
            "id": new_id(),
            "order_id": order.id,
            "event_id": event_id,
            "refund_id": refund.id if refund else None,
            "kind": number.paper.value,
            "series": number.series,
            "position": number.position,
            "number": number.text,
            "issued_at": self.at,
            "issued_on": self._today,
            "content_json": json.dumps(content),
        }
        documents.add(self.write, [row])
        event = {
            "id": event_id,
            "order_id": order.id,
            "happened_at": self.at,
            "kind": EventKind.DOCUMENT_ISSUED.value,
            "actor": self.actor.name,
            "before_json": "{}",
            "after_json": json.dumps({"document": number.text}),
            "made_json": json.dumps({"documents": [row["id"]]}),
            "reason": "",
            "cause": "",
            "undoes": None,
        }
        acting.add(self.write, "order_events", [event])
        return row


@dataclass(frozen=True, slots=True)
class _Number:
    """A place in a series. Series begin again each year, and with another prefix."""

    paper: Paper
    series: str
    position: int
    text: str

    @classmethod
    def next(cls, desk: Desk, paper: Paper) -> _Number:
        """The next one that is free; inside the one write transaction nobody else can take it."""
        start = f"{desk.rules.rule(_PREFIX[paper])}{clock.day(desk.at, desk.rules.time_zone).year}-"
        series = f"{paper.value}:{start}"
        position = documents.next_position(desk.write, series)
        return cls(paper, series, position, f"{start}{position:05}")
