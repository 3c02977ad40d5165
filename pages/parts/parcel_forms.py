"""What the steps of a parcel ask for, as fields in their sheet."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from pages.parts.line_picker import lines
from services.carriers.pages import PAGES, tracking_url
from services.carriers.recognising import recognised
from services.language import _, moment
from services.orders import derive
from services.orders.actions.labels import carrier_of
from services.orders.order import Line, Order, Shipment
from services.orders.statuses import FulfilmentStatus

Params = dict[str, Any]
PARCEL = "sheet_parcel"
"""The session's key of the parcel that a sheet is about, for who opens it."""
_SHOWN_GUESSES = 3


def shipping(order: Order) -> Params:
    """Tracking number, carrier, and how much of each line, where it is not all that is left."""
    given = _label(order, None)
    return given | lines(order, derive.left_to_ship, _("Ship only a part"))


def tracking(order: Order) -> Params:
    """Number, carrier and link of a parcel as they should be."""
    if not order.shipments:
        return {}
    parcel = _parcel(order, _("Parcel"), list(order.shipments))
    return {"shipment": parcel.id} | _label(order, parcel)


def arriving(order: Order) -> Params:
    """Which parcel arrived, where there are several."""
    waiting = [parcel for parcel in order.shipments if parcel.delivered_at is None]
    is_part = order.fulfilment_status is FulfilmentStatus.PARTIALLY_SHIPPED
    if not waiting or (len(order.shipments) < 2 and not is_part):
        return {}
    parcel = _parcel(order, _("What arrived"), waiting, nothing="" if is_part else _("Everything"))
    return {"shipment": parcel.id} if parcel else {}


def returning(order: Order) -> Params:
    """What came back, out of which parcel, why, and whether it can be sold again."""
    given: Params = {"reason": st.text_input(_("Reason"), key="sheet_reason")}
    parcel = None
    if len(order.shipments) > 1:
        nothing = _("Whichever, the newest first")
        parcel = _parcel(order, _("Out of which parcel"), list(order.shipments), nothing=nothing)
    given |= {"shipment": parcel.id} if parcel else {}

    def left(line: Line) -> Any:
        if parcel is None:
            return derive.left_to_return(line)
        held = sum(part.quantity - part.returned for part in parcel.lines if part.line_id == line.id)
        return min(derive.left_to_return(line), held)

    given |= lines(order, left, _("Only a part came back"))
    return given | {"restock": st.checkbox(_("The goods go back on the shelf"), key="sheet_restock")}


def _parcel(order: Order, label: str, choices: list[Shipment], nothing: str = "") -> Any:
    """One of some parcels, named by number or contents; None for `nothing`."""
    if len(choices) == 1 and not nothing:
        return choices[0]
    by_id: dict[str, Shipment | None] = {"": None} if nothing else {}
    by_id |= {parcel.id: parcel for parcel in choices}
    places = {parcel.id: place for place, parcel in enumerate(order.shipments, start=1)}

    def said(parcel_id: str) -> str:
        parcel = by_id[parcel_id]
        if parcel is None:
            return nothing
        about = parcel.tracking_number or (moment(parcel.at, "UTC") if parcel.at else "")
        return " · ".join(
            part for part in (_("Parcel {place}", place=places[parcel_id]), parcel.carrier, about) if part
        )

    if st.session_state.get(PARCEL) not in by_id:
        st.session_state.pop(PARCEL, None)
    return by_id[st.selectbox(label, list(by_id), format_func=said, key=PARCEL)]


def _label(order: Order, parcel: Shipment | None) -> Params:
    """Number first: it tells the carrier, who is only asked for where it does not."""
    key = f"_{parcel.id}" if parcel else ""
    number = st.text_input(
        _("Tracking number (optional)"), parcel.tracking_number if parcel else "", key=f"sheet_tracking{key}"
    ).strip()
    known = carrier_of(number, order.shipping_method) if number else ""
    _say(number, known)
    names = list(PAGES)
    had = parcel.carrier if parcel else ""
    if had and had not in names:
        names.insert(0, had)
    carrier = st.selectbox(
        _("Carrier (optional)"),
        names,
        index=names.index(had) if had else None,
        key=f"sheet_carrier{key}",
        placeholder=_("{carrier}, by its number", carrier=known) if known else _("Choose or type"),
        accept_new_options=True,
    )
    given: Params = {"tracking_number": number}
    is_known = parcel is not None and number == parcel.tracking_number
    given |= {"carrier": carrier or ""} if carrier or parcel is None or is_known else {"carrier": known}
    link = parcel.tracking_url if parcel and is_known and carrier == had else ""
    if number and carrier and not tracking_url(carrier, number):
        link = st.text_input(
            _("Tracking page (optional)"), link, key=f"sheet_link{key}", placeholder="https://…"
        ).strip()
        given |= {"tracking_url": link} if link else {}
    return given


def _say(number: str, known: str) -> None:
    """Under the number: whose it is, or may be."""
    guesses = [guess.name for guess in recognised(number) if guess.holds is not False] if number else []
    if known:
        said = _("Recognised: {carrier}.", carrier=known)
    elif guesses:
        said = _("It may be a number of {carriers}.", carriers=", ".join(guesses[:_SHOWN_GUESSES]))
    else:
        return
    st.html(f"<p class='ct-quiet ct-flat' role='status'>{escape(said)}</p>")
