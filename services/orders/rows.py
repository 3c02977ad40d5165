"""A draft as rows of the store: what `data/intake.py` takes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from data.ids import new_id
from data.incoming import ADDRESS
from data.store import Row
from services.money import stored
from services.orders.draft import Draft
from services.orders.statuses import EventKind


@dataclass
class OrderRows:
    """Rows of whole orders, gathered table by table; `rows` goes to `data.intake.add`."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def put(self, table: str, row: Row) -> None:
        self.rows.setdefault(table, []).append(row)

    def add(
        self,
        draft: Draft,
        *,
        now: datetime,
        actor: str,
        event: EventKind,
        order_id: str | None = None,
        version: int = 1,
        raw: str = "",
        import_run_id: str | None = None,
        is_untold: bool = False,
    ) -> str:
        """Add a draft's rows with its first event; the order's id (made from `placed_at` unless given). `is_untold`:
        somebody chose that the customer is not told."""
        made = order_id or new_id(draft.placed_at)
        self.put("orders", _order_row(draft, made, version, now, import_run_id))
        line_ids = [new_id() for _ in draft.lines]
        for position, (line_id, line) in enumerate(zip(line_ids, draft.lines, strict=True), start=1):
            total = line.quantity * line.unit_price - line.discount if line.total is None else line.total
            self.put(
                "order_lines",
                {
                    "id": line_id,
                    "order_id": made,
                    "position": position,
                    "sku": line.sku,
                    "name": line.name,
                    "options_json": json.dumps([{"name": n, "value": v} for n, v in line.options]),
                    "kind": line.kind.value,
                    "quantity": stored(line.quantity),
                    "unit_price": stored(line.unit_price),
                    "discount": stored(line.discount),
                    "tax": stored(line.tax),
                    "total": stored(total),
                    "shipped": stored(line.shipped),
                    "returned": stored(line.returned),
                    "refunded": stored(line.refunded),
                },
            )
        self._add_facts(draft, made, line_ids)
        self.put(
            "order_events",
            {
                "id": new_id(),
                "order_id": made,
                "happened_at": draft.placed_at if event is EventKind.PLACED else now,
                "kind": event.value,
                "actor": actor,
                "before_json": "{}",
                "after_json": json.dumps(
                    {"payment_status": draft.payment_status, "fulfilment_status": draft.fulfilment_status}
                ),
                "made_json": json.dumps({"untold": True}) if is_untold else "{}",
                "reason": "",
                "cause": draft.source,
            },
        )
        if raw:
            self.put("order_raws", {"order_id": made, "import_run_id": import_run_id, "happened_at": now, "raw": raw})
        return made

    def _add_facts(self, draft: Draft, order_id: str, line_ids: list[str]) -> None:
        for payment in draft.payments:
            self.put(
                "payments",
                {
                    "id": new_id(),
                    "order_id": order_id,
                    "happened_at": payment.at,
                    "kind": payment.kind.value,
                    "amount": stored(payment.amount),
                    "currency": draft.currency,
                    "method": payment.method or draft.payment_method,
                    "provider": payment.provider,
                    "reference": payment.reference,
                    "failure_reason": payment.failure_reason,
                    "source_key": payment.key,
                },
            )
        for shipment in draft.shipments:
            shipment_id = new_id()
            self.put(
                "shipments",
                {
                    "id": shipment_id,
                    "order_id": order_id,
                    "happened_at": shipment.at,
                    "carrier": shipment.carrier,
                    "tracking_number": shipment.tracking_number,
                    "tracking_url": shipment.tracking_url,
                    "source_key": shipment.key,
                    "delivered_at": shipment.delivered_at,
                },
            )
            for index, quantity, returned in shipment.lines:
                self.put(
                    "shipment_lines",
                    {
                        "shipment_id": shipment_id,
                        "order_id": order_id,
                        "line_id": line_ids[index],
                        "quantity": stored(quantity),
                        "returned": stored(returned),
                    },
                )
        for note in draft.notes:
            self.put(
                "order_notes",
                {
                    "id": new_id(),
                    "order_id": order_id,
                    "happened_at": note.at,
                    "author": note.author,
                    "text": note.text,
                    "source_key": note.key,
                },
            )


def _order_row(draft: Draft, order_id: str, version: int, now: datetime, import_run_id: str | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        name: getattr(draft, name)
        for name in (
            "source", "source_id", "number", "placed_at", "source_updated_at", "payment_method",
            "payment_method_label", "payment_message", "transaction_id", "email", "name", "phone", "language",
            "customer_comment", "shipping_method", "is_pickup", "currency", "tax_included", "is_muted",
        )
    }  # fmt: skip
    row |= {
        name: stored(getattr(draft, name))
        for name in ("subtotal", "discount", "shipping_fee", "handling_fee", "tax", "total")
    }
    for kind, address in (("shipping", draft.shipping_address), ("billing", draft.billing_address)):
        row |= {f"{kind}_{part}": getattr(address, part) for part in ADDRESS}
    return row | {
        "id": order_id,
        "version": version,
        "updated_at": now,
        "payment_status": draft.payment_status.value,
        "fulfilment_status": draft.fulfilment_status.value,
        "source_status_json": json.dumps(dict(draft.source_status)),
        "tags": list(draft.tags),
        "coupons": list(draft.coupons),
        "content_hash": draft.content_hash(),
        "import_run_id": import_run_id,
    }
