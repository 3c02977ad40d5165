"""Issuing papers with a number: once for an order or a refund, without gaps, and never changed afterwards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from data import acting, documents
from data.ids import new_id
from data.store import Row, Writer
from services import clock
from services.orders.order import Order, Payment
from services.orders.statuses import EventKind, PaymentKind
from services.orders.writing import noted
from services.paper import logos
from services.paper.credit_notes import credit_note
from services.paper.invoices import invoice
from services.paper.kinds import Paper
from services.paper.sender import sender
from services.people import Actor
from services.profile import Profile

_PREFIX = {Paper.INVOICE: "invoice_prefix", Paper.CREDIT_NOTE: "credit_note_prefix"}


class Desk:
    """Where papers of some orders are issued: inside the caller's transaction, by an actor, at a moment. What was
    issued is kept by `close`."""

    def __init__(self, write: Writer, order_ids: Sequence[str], rules: Profile, actor: Actor, at: datetime) -> None:
        self._write, self._rules, self._actor, self._at = write, rules, actor, at
        self._today = clock.day(at, rules.time_zone)
        self._sender = sender(write, rules)
        self._rows: list[Row] = []
        self._logos: dict[str, str] = {}
        self._positions: dict[str, int] = {}
        self._there: dict[tuple[Paper, str], list[Row]] = {}
        for paper in _PREFIX:
            for row in documents.of_orders(write, order_ids, paper):
                self._there.setdefault((paper, row["order_id"]), []).append(row)

    def invoices(self, order: Order, speak: str) -> list[Row]:
        """The order's invoice, issued now in the language `speak` if it has none."""
        there = self._there.setdefault((Paper.INVOICE, order.id), [])
        if not there:
            series, position, number = self._next(Paper.INVOICE)
            content = invoice(order, self._sender, speak, self._rules.time_zone, number, self._today)
            there.append(self._issued(Paper.INVOICE, series, position, number, order, None, content))
        return there

    def credit_notes(self, order: Order, speak: str) -> list[Row]:
        """A credit note for each refund of the order, those issued now that were missing; the invoice first."""
        refunds = [payment for payment in order.payments if payment.kind is PaymentKind.REFUND]
        there = self._there.setdefault((Paper.CREDIT_NOTE, order.id), [])
        done = {row["refund_id"] for row in there}
        for refund in refunds:
            if refund.id not in done:
                corrected = self.invoices(order, speak)[0]["number"]
                series, position, number = self._next(Paper.CREDIT_NOTE)
                content = credit_note(order, refund, self._sender, speak, number, self._today, corrected)
                there.append(self._issued(Paper.CREDIT_NOTE, series, position, number, order, refund, content))
        return there

    def close(self) -> None:
        """Keep what was issued, each paper with its event on the order."""
        documents.add(self._write, self._rows)
        documents.keep_logos(self._write, self._logos, self._at)
        acting.add(self._write, "order_events", [self._event(row) for row in self._rows])

    def _next(self, paper: Paper) -> tuple[str, int, str]:
        """Series, place and number that come next; inside the one write transaction nobody else can take them. Series
        begin again each year, and with another prefix."""
        start = f"{self._rules.rule(_PREFIX[paper])}{self._today.year}-"
        series = f"{paper.value}:{start}"
        position = self._positions.get(series) or documents.next_position(self._write, series)
        self._positions[series] = position + 1
        return series, position, f"{start}{position:05}"

    def _issued(
        self,
        paper: Paper,
        series: str,
        position: int,
        number: str,
        order: Order,
        refund: Payment | None,
        content: dict[str, Any],
    ) -> Row:
        self._logos |= logos.apart([content])
        row: Row = {
            "id": new_id(),
            "order_id": order.id,
            "event_id": new_id(),
            "refund_id": refund.id if refund else None,
            "kind": paper.value,
            "series": series,
            "position": position,
            "number": number,
            "issued_at": self._at,
            "issued_on": self._today,
            "content_json": json.dumps(content),
        }
        self._rows.append(row)
        return row

    def _event(self, row: Row) -> Row:
        return noted(
            row["order_id"],
            EventKind.DOCUMENT_ISSUED,
            self._actor,
            self._at,
            event_id=row["event_id"],
            said={"document": row["number"]},
            made={"documents": [row["id"]]},
        )
