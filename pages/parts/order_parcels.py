"""The parcels of an order: carrier, tracking, when, what is inside and came back; and what can be done with each."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import action_sheet, copying
from pages.parts.components import written
from pages.parts.parcel_forms import PARCEL
from pages.parts.running import acting
from services.carriers.recognising import is_mistyped
from services.language import _, moment, n_, number
from services.orders import derive, life
from services.orders.order import Order, Shipment
from services.orders.statuses import ActionName


def show(order: Order, zone: str) -> None:
    """Draw the card."""
    st.html(f"<style>{written('parcels.css')}</style>")
    with st.container(key="card_parcels"):
        st.html(f"<h2>{escape(_('Parcels'))}</h2>{'' if order.shipments else _nothing()}")
        for place, parcel in enumerate(order.shipments, start=1):
            with st.container(key=f"parcel_{place}", gap="small"):
                st.html(_parcel(order, parcel, zone, place))
                _steps(order, parcel)
        _rest(order)
        if numbers := [parcel.tracking_number for parcel in order.shipments if parcel.tracking_number]:
            copying.show("\n".join(numbers), "copy_tracking", _("Tracking number"))


def story(order: Order, zone: str) -> str:
    """The parcels, only to be read."""
    parcels = (_parcel(order, parcel, zone, place) for place, parcel in enumerate(order.shipments, start=1))
    return f"<style>{written('parcels.css')}</style>{''.join(parcels) or _nothing()}"


def _nothing() -> str:
    return f"<p class='ct-quiet'>{escape(_('Nothing has been shipped yet.'))}</p>"


def _rest(order: Order) -> None:
    """What is still in the shop, and the step that sends it."""
    left = [(derive.left_to_ship(line), line.name) for line in order.lines if derive.left_to_ship(line) > 0]
    if not left or not order.shipments:
        return
    count = sum(quantity for quantity, _name in left)
    inside = " · ".join(f"{number(quantity)} × {escape(name)}" for quantity, name in left)
    title = n_("{count} item left to ship", "{count} items left to ship", int(count))
    with st.container(key="parcels_rest", gap="small"):
        st.html(f"<div class='ct-parcel'><div><b>{escape(title)}</b></div><div class='ct-under'>{inside}</div></div>")
        if life.is_legal(order, ActionName.MARK_SHIPPED):
            given = (ActionName.MARK_SHIPPED, order)
            st.button(_("Ship another parcel"), key="ship_rest", on_click=action_sheet.ask, args=given)


def _steps(order: Order, parcel: Shipment) -> None:
    """Quiet buttons for one parcel, where more than the order's own steps are to choose from."""
    is_one_of_several = len(order.shipments) > 1 or any(derive.left_to_ship(line) for line in order.lines)
    with st.container(horizontal=True, gap="small"):
        said = _("Correct the number") if parcel.tracking_number else _("Add the tracking number")
        _button(said, ActionName.EDIT_TRACKING, order, parcel)
        if is_one_of_several and parcel.delivered_at is None and life.is_legal(order, ActionName.MARK_DELIVERED):
            _button(_("It has arrived"), ActionName.MARK_DELIVERED, order, parcel)
        has_goods = any(part.quantity > part.returned for part in parcel.lines)
        if has_goods and life.is_legal(order, ActionName.MARK_RETURNED):
            _button(_("It came back"), ActionName.MARK_RETURNED, order, parcel)


def _button(said: str, action: ActionName, order: Order, parcel: Shipment) -> None:
    st.button(said, key=f"{action}_{parcel.id}", type="tertiary", on_click=_ask, args=(action, order, parcel.id))


@acting
def _ask(action: ActionName, order: Order, parcel_id: str) -> None:
    """Open the sheet of an action on one parcel. A corrected number is told only when the box is ticked."""
    action_sheet.ask(action, order)
    st.session_state[PARCEL] = parcel_id


def _parcel(order: Order, parcel: Shipment, zone: str, place: int) -> str:
    packed = {line.line_id: line for line in parcel.lines if line.quantity}
    inside = " · ".join(
        f"{number(packed[line.id].quantity)} × {escape(line.name)}{_returned(packed[line.id].returned)}"
        for line in order.lines
        if line.id in packed
    )
    when = moment(parcel.at, zone) if parcel.at else _("time unknown")
    arrived = f" · {_('delivered {when}', when=moment(parcel.delivered_at, zone))}" if parcel.delivered_at else ""
    name = parcel.carrier or (_("Parcel {place}", place=place) if len(order.shipments) > 1 else _("Parcel"))
    return (
        f"<div class='ct-parcel'><div><b>{escape(name)}</b> {_tracking(parcel)}</div>"
        f"<div class='ct-under'>{escape(when)}{escape(arrived)}</div><div class='ct-under'>{inside}</div>"
        f"{_doubt(parcel)}</div>"
    )


def _doubt(parcel: Shipment) -> str:
    """What is wrong with the number, where its carrier's arithmetic says so."""
    if not is_mistyped(parcel.tracking_number, parcel.carrier):
        return ""
    said = _("The check digit of this tracking number is wrong: compare it with the label.")
    return f"<div class='ct-under ct-doubt'>{escape(said)}</div>"


def _returned(quantity: object) -> str:
    return f" ({escape(_('{count} came back', count=number(quantity)))})" if quantity else ""


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
