"""What a mail about an order may say: plain, cleaned values by name, for the templates to place."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from services import language
from services.language import _
from services.messages import about, addresses
from services.messages.kinds import Template
from services.messages.wording import line, paragraph, shortened, web_link
from services.money import ZERO, shown
from services.orders import words
from services.orders.order import Line, Order, Shipment
from services.orders.statuses import Kind
from services.profile import Profile

MOST_LINES = 200  # order lines that a mail lists; the rest is counted
LONGEST_LINE, LONGEST_COMMENT, LONGEST_SHOP = 300, 4000, 120  # characters


def frame(profile: Profile, speak: str) -> dict[str, Any]:
    """What every mail may name, also one about no order."""
    return {"lang": speak, "shop": shop_name(profile), "contact": line(str(profile.rule("contact_email")))}


def values(
    template: Template,
    order: Order,
    profile: Profile,
    public_url: str,
    speak: str,
    parcel: Shipment | None,
    given: Mapping[str, Any],
    *,
    with_sku: bool,
    wanted: Container[str] | None = None,
    most: int = MOST_LINES,
) -> dict[str, Any]:
    """What a template about `order` may name, in the language `speak`; `given` comes from what caused it. Of these
    only the `wanted`, where they are told: to write an amount takes longer than to place it. `most` lines
    are listed, the rest is counted."""

    def goods() -> list[dict[str, str]]:
        listed = order.lines[:most]
        return [_item(part, part.quantity, order.currency, with_sku=with_sku) for part in listed] + _rest(
            len(order.lines), most
        )

    def billing() -> list[str]:
        lines = addresses.lines(order.billing_address, speak)
        return lines if lines != shipping() else []

    def shipping() -> list[str]:
        return addresses.lines(order.shipping_address, speak)

    def name() -> str:
        return _line(order.name or order.shipping_address.name or order.billing_address.name)

    def money(amount: Decimal) -> str:
        return _amount(amount, order.currency) if amount else ""

    makers: dict[str, Callable[[], Any]] = {
        "number": lambda: number(order),
        "placed": lambda: language.moment(order.placed_at, profile.time_zone),
        "name": name,
        "greeting": lambda: _("Hello {name},", name=name()) if name() else _("Hello,"),
        "ships": lambda: not order.is_pickup and any(part.kind is Kind.PHYSICAL for part in order.lines),
        "lines": goods,
        "sums": lambda: _sums(order),
        "total": lambda: _amount(order.total, order.currency),
        "paid": lambda: money(order.paid),
        "refunded": lambda: money(order.refunded),
        "due": lambda: money(order.due),
        "payment": lambda: _payment(order),
        "delivery": lambda: _given(order.shipping_method),
        "shipping": shipping,
        "billing": billing,
        "is_billed_there": lambda: bool(shipping()) and addresses.lines(order.billing_address, speak) == shipping(),
        "customer": lambda: _given(order.customer, order.email, order.phone),
        "comment": lambda: shortened(paragraph(order.customer_comment), LONGEST_COMMENT).splitlines()[:MOST_LINES],
        "order_url": lambda: f"{public_url}/order?id={quote(order.id)}",
        "parcel": lambda: _parcel(order, parcel, most),
    }
    with language.use(speak):
        made = {name: make() for name, make in makers.items() if wanted is None or name in wanted}
        at_the_shop = {"place": profile.rule("pickup_place"), "hours": profile.rule("pickup_hours")}
        said = about.values(template, order, at_the_shop | dict(given), profile.time_zone)
        return frame(profile, speak) | made | said


def shop_name(profile: Profile) -> str:
    """The shop's name as subjects, senders and letters carry it."""
    return shortened(line(profile.shop_name), LONGEST_SHOP)


def number(order: Order) -> str:
    """The order's number with one `#` before it, whatever the source's habit."""
    return "#" + _line(order.number).lstrip("#")


def _line(text: str) -> str:
    return shortened(line(text), LONGEST_LINE)


def _given(*texts: str) -> list[str]:
    return list(dict.fromkeys(text for text in map(_line, texts) if text))


def _item(
    part: Line, quantity: Decimal, currency: str, *, with_sku: bool = False, priced: bool = True
) -> dict[str, str]:
    return {
        "quantity": language.number(quantity.normalize() if quantity else ZERO),
        "name": _line(part.name),
        "about": _line(" · ".join(text for text in (words.options(part), part.sku if with_sku else "") if text)),
        "total": _amount(part.total, currency) if priced else "",
    }


def _rest(count: int, most: int) -> list[dict[str, str]]:
    """A last line that counts what is not listed."""
    left = count - most
    if left <= 0:
        return []
    return [{"quantity": language.number(left), "name": _("more lines"), "about": "", "total": ""}]


def _sums(order: Order) -> list[dict[str, Any]]:
    total = _("Total")
    rows = [
        (_("Subtotal"), order.subtotal, True),
        (_("Discount"), -order.discount, bool(order.discount)),
        (_("Shipping"), order.shipping_fee, bool(order.shipping_fee or order.shipping_method)),
        (_("Handling fee"), order.handling_fee, bool(order.handling_fee)),
        (_("Taxes"), order.tax, bool(order.tax) and not order.tax_included),
        (total, order.total, True),
        (_("of which taxes"), order.tax, bool(order.tax) and order.tax_included),
        (_("Still to pay"), order.due, bool(order.due) and order.due != order.total),
    ]
    return [
        {"label": label, "amount": _amount(amount, order.currency), "is_total": label is total}
        for label, amount, is_said in rows
        if is_said
    ]


def _amount(amount: Decimal, currency: str) -> str:
    return shown(amount, currency, language.current()).replace("-", "−")


def _payment(order: Order) -> list[str]:
    standing = _("Not received yet") if order.payment_status.is_open else ""
    return _given(order.payment_method_label, standing, order.payment_message if standing else "")


def _parcel(order: Order, parcel: Shipment | None, most: int) -> dict[str, Any]:
    """The parcel's words; without a parcel, all that the order ships."""
    goods = [part for part in order.lines if part.kind is Kind.PHYSICAL]
    inside = {part.line_id: part.quantity for part in parcel.lines} if parcel else {}
    held = [(part, inside.get(part.id, ZERO)) for part in order.lines] if inside else [(p, p.quantity) for p in goods]
    return {
        "carrier": _line(parcel.carrier) if parcel else "",
        "tracking_number": _line(parcel.tracking_number) if parcel else "",
        "tracking_url": web_link(parcel.tracking_url) if parcel else "",
        "is_part": bool(inside) and any(inside.get(part.id, ZERO) < part.quantity for part in goods),
        "lines": _packed(held, order.currency, most),
    }


def _packed(held: Iterable[tuple[Line, Decimal]], currency: str, most: int) -> list[dict[str, str]]:
    rows = [(part, quantity) for part, quantity in held if quantity]
    return [_item(part, quantity, currency, priced=False) for part, quantity in rows[:most]] + _rest(len(rows), most)
