"""The run against the shop: what is new, what changes, and what the file must not overwrite."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from data import import_merge
from data.merging import KEEPABLE
from data.staging import ChangedOrder, Staging
from services.imports.finding import Finding, warning
from services.imports.reading import Context
from services.language import _
from services.orders.statuses import EventKind

# what was done in Comptoir -> what an import then leaves as it is
_MONEY = ("payment_status", "payment_message", "payments")
_GOODS = ("fulfilment_status", "shipments")
_CONTACT = ("email", "name", "phone")
_WHERE = tuple(sorted(name for name in KEEPABLE if name.startswith(("shipping_", "billing_")) and "fee" not in name))
_TOUCHES: dict[EventKind, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            EventKind.MARKED_PAID, EventKind.PAYMENT_RECORDED, EventKind.FAILURE_RECORDED, EventKind.CAPTURED,
            EventKind.AUTHORISATION_VOIDED, EventKind.REFUNDED, EventKind.GIFT_CARD_REDEEMED,
        ),
        _MONEY,
    ),
    EventKind.CANCELLED: (*_MONEY, *_GOODS),
    EventKind.CORRECTED: (*_MONEY, *_GOODS),
    EventKind.UNDONE: (*_MONEY, *_GOODS, *_CONTACT, *_WHERE, "tags"),
    EventKind.CONTACT_EDITED: (*_CONTACT, *_WHERE),
    EventKind.TAGGED: ("tags",),
    EventKind.UNTAGGED: ("tags",),
    **dict.fromkeys(
        (
            EventKind.MARKED_PROCESSING, EventKind.MARKED_SHIPPED, EventKind.MARKED_DELIVERED,
            EventKind.MARKED_READY_FOR_PICKUP, EventKind.MARKED_OUT_FOR_DELIVERY, EventKind.MARKED_RETURNED,
            EventKind.MARKED_WILL_NOT_DELIVER, EventKind.HELD, EventKind.RELEASED, EventKind.TRACKING_EDITED,
        ),
        _GOODS,
    ),
}  # fmt: skip


@dataclass
class Compared:
    """Orders by what becomes of them; `same` holds also those that are left as they are."""

    new: int = 0
    changed: int = 0
    same: int = 0
    findings: list[Finding] = field(default_factory=list)


def compare(staging: Staging, context: Context, taken_back: Set[str]) -> Compared:
    """Compare the staged orders with the shop and settle what the run will not touch: orders that it refused after
    all, orders of which the shop knows something newer, what was done in Comptoir, what the file cannot tell."""
    found = Compared()
    counted = staging.compare()
    read = staging.read()
    refused_ids = set(import_merge.staged_ids(read, context.source, sorted(taken_back))) if taken_back else set()
    if refused_ids:
        staging.leave(sorted(refused_ids))
    if counted.changed:
        _settle_changed(staging, context, found)
    verdicts = import_merge.counted(read)
    found.new, found.changed = verdicts.get("new", 0), verdicts.get("changed", 0)
    found.same = verdicts.get("same", 0) + max(verdicts.get("left", 0) - len(refused_ids), 0)
    return found


def _settle_changed(staging: Staging, context: Context, found: Compared) -> None:
    read = staging.read()
    older = import_merge.older(read)
    if older:
        staging.leave([row["order_id"] for row in older])
        reason = _("The shop knows something newer of this order: nothing was changed.")
        found.findings.extend(warning(None, "", "", reason, row["number"]) for row in older)
    if unknown := context.unknown & KEEPABLE:
        staging.keep(sorted(unknown))
    left = {row["order_id"] for row in older}
    touched: dict[str, ChangedOrder] = {}
    for order in staging.changed():
        columns = _touched(order)
        if columns and order.order_id not in left:
            touched[order.order_id] = order
            staging.keep(columns, [order.order_id])
    for places in staging.portions():
        if unchanged := import_merge.unchanged(read, places, whole_minutes=context.whole_minutes):
            staging.leave(unchanged)
    reason = _("The order was changed in Comptoir since: that was kept.")
    found.findings.extend(warning(None, "", "", reason, order.number) for order in touched.values())


def _touched(order: ChangedOrder) -> list[str]:
    """Columns that something done in Comptoir since has set."""
    columns = {name for kind in order.event_kinds for name in _TOUCHES.get(EventKind(kind), ())}
    return sorted(columns & KEEPABLE)
