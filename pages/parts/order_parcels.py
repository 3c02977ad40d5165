"""The parcels of an order, as HTML: carrier, tracking, when, and what is inside."""

from __future__ import annotations

from html import escape

from services.language import _, moment, number
from services.orders.order import Order, Shipment


def parcels(order: Order, zone: str) -> str:
    """A block for each parcel; a sentence when there is none."""
    if not order.shipments:
        return f"<p class='ct-quiet'>{escape(_('Nothing has been shipped yet.'))}</p>"
    return "".join(_parcel(order, parcel, zone) for parcel in order.shipments)


def _parcel(order: Order, parcel: Shipment, zone: str) -> str:
    packed = {line.line_id: line.quantity for line in parcel.lines if line.quantity}
    inside = " · ".join(f"{number(packed[line.id])} × {escape(line.name)}" for line in order.lines if line.id in packed)
    when = moment(parcel.at, zone) if parcel.at else _("time unknown")
    arrived = f" · {_('delivered {when}', when=moment(parcel.delivered_at, zone))}" if parcel.delivered_at else ""
    return (
        f"<div class='ct-parcel'><div><b>{escape(parcel.carrier) or escape(_('Parcel'))}</b> {_tracking(parcel)}</div>"
        f"<div class='ct-under'>{escape(when)}{escape(arrived)}</div><div class='ct-under'>{inside}</div></div>"
    )


def _tracking(parcel: Shipment) -> str:
    number_ = f"<span class='ct-tracking'>{escape(parcel.tracking_number)}</span>"
    if not parcel.tracking_number:
        return f"<span class='ct-quiet'>{escape(_('without tracking number'))}</span>"
    if not parcel.tracking_url.startswith(("https://", "http://")):
        return number_
    return (
        f"<a href='{escape(parcel.tracking_url)}' target='_blank' rel='noopener noreferrer'>{number_}"
        f"<span aria-hidden='true'> ↗</span></a>"
    )
