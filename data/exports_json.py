"""SQL that writes orders as JSON in the shape of the API, with what they hold."""

from __future__ import annotations

from collections.abc import Mapping

from data.amounts import Decimals, moment, money, quantity
from data.incoming import ADDRESS

_BEFORE = (
    "id", "number", "source", "source_id", "placed_at", "placed_on", "placed_month", "version", "payment_status",
    "fulfilment_status", "payment_method", "payment_method_label", "payment_message", "transaction_id", "email",
    "name", "phone", "language", "customer_comment", "tags", "coupons", "shipping_method",
)  # fmt: skip
_MONEY_BEFORE = ("subtotal", "discount", "shipping_fee", "handling_fee", "tax", "total")
_MONEY_AFTER = ("paid", "refunded", "due")


def record(values: Mapping[str, str]) -> str:
    """SQL for a JSON object as text: name -> SQL of its value."""
    return f"to_json({_struct(values)})::varchar"


def whole_order(condition: str, decimals: Decimals) -> str:
    """A question for `record`: each order `o` of a condition, oldest first, as the API writes one order."""

    def amount(column: str) -> str:
        return money(f"o.{column}", "o.currency", decimals)

    values = {name: f"o.{name}" for name in _BEFORE} | {"id": "o.id::varchar", "placed_at": moment("o.placed_at")}
    for kind in ("shipping", "billing"):
        values[f"{kind}_address"] = _struct({part: f"o.{kind}_{part}" for part in ADDRESS})
    values["currency"] = "o.currency"
    values |= {name: amount(name) for name in _MONEY_BEFORE}
    values["tax_included"] = "o.tax_included"
    values |= {name: amount(name) for name in _MONEY_AFTER}
    names = ("lines", "payments", "shipments", "notes", "events", "messages")
    values |= {name: f"coalesce({name}.list, '[]')::json" for name in names}
    return (
        f"with chosen as (select * from orders o where {condition}), "
        f"{_lines(decimals)}, {facts(decimals)}, {_events()}, {_messages()} "
        f"select {record(values)} as record from chosen o "
        + " ".join(f"left join {name} on {name}.order_id = o.id" for name in names)
        + " order by o.placed_at, o.id"
    )


def facts(decimals: Decimals) -> str:
    """The steps `payments`, `shipments` and `notes`: (order_id, list), where list is a JSON array, for the orders of
    the step `chosen`. What was undone is left out."""
    payment = {
        "id": "x.id::varchar", "at": moment("x.happened_at"), "kind": "x.kind",
        "amount": money("x.amount", "x.currency", decimals), "method": "x.method", "reference": "x.reference",
        "failure_reason": "x.failure_reason",
    }  # fmt: skip
    shipment = {
        "id": "x.id::varchar", "at": moment("x.happened_at"), "carrier": "x.carrier",
        "tracking_number": "x.tracking_number", "tracking_url": "x.tracking_url",
        "lines": "coalesce(held.list, '[]')::json",
    }  # fmt: skip
    note = {"id": "x.id::varchar", "at": moment("x.happened_at"), "author": "x.author", "text": "x.text"}
    held = {"line_id": "x.line_id::varchar", "quantity": f"{quantity('x.quantity')}::json"}
    return ", ".join(
        (
            _step("payments", "payments x", payment, "x.happened_at nulls first, x.id", "x.voided_at is null"),
            f"held as (select x.shipment_id, {_list(held, 'x.line_id')} as list from shipment_lines x "
            "where x.order_id in (select id from chosen) group by x.shipment_id)",
            _step(
                "shipments",
                "shipments x left join held on held.shipment_id = x.id",
                shipment,
                "x.happened_at nulls first, x.id",
                "x.voided_at is null",
            ),
            _step("notes", "order_notes x", note, "x.happened_at, x.id", "x.voided_at is null"),
        )
    )


def _lines(decimals: Decimals) -> str:
    line = {
        "id": "x.id::varchar",
        "sku": "x.sku",
        "name": "x.name",
        "options": "x.options_json::json",
        "kind": "x.kind",
    }
    line["quantity"] = f"{quantity('x.quantity')}::json"
    line |= {name: money(f"x.{name}", "c.currency", decimals) for name in ("unit_price", "discount", "tax", "total")}
    line |= {name: f"{quantity(f'x.{name}')}::json" for name in ("shipped", "returned", "refunded")}
    return _step("lines", "order_lines x join chosen c on c.id = x.order_id", line, "x.position, x.id", "true")


def _events() -> str:
    event = {
        "id": "x.id::varchar", "at": moment("x.happened_at"), "kind": "x.kind", "actor": "x.actor",
        "before": "x.before_json::json", "after": "x.after_json::json", "reason": "x.reason", "cause": "x.cause",
    }  # fmt: skip
    return _step("events", "order_events x", event, "x.happened_at, x.id", "true")


def _messages() -> str:
    message = {
        "id": "x.id::varchar", "at": moment("x.happened_at"), "channel": "x.channel", "template": "x.template",
        "to": "x.recipient", "subject": "x.subject", "state": "x.state", "send_after": moment("x.send_after"),
        "attempts": "x.attempts", "error": "x.error",
    }  # fmt: skip
    return _step("messages", "messages x", message, "x.happened_at, x.id", "true")


def _step(name: str, source: str, values: Mapping[str, str], order: str, condition: str) -> str:
    return (
        f"{name} as (select x.order_id, {_list(values, order)} as list from {source} "
        f"where {condition} and x.order_id in (select id from chosen) group by x.order_id)"
    )


def _list(values: Mapping[str, str], order: str) -> str:
    return f"to_json(list({_struct(values)} order by {order}))::varchar"


def _struct(values: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"'{name}': {value}" for name, value in values.items()) + "}"
