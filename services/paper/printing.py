"""Printing: orders in, one PDF out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from data import documents
from data.store import Reader, Writer
from services import clock, language
from services.errors import Conflict, Invalid, NotFound, store_errors
from services.language import _, n_
from services.messages.letter import number as shown_number
from services.orders import reading
from services.orders.order import Order, Shipment
from services.paper import logos, press
from services.paper.issuing import Desk
from services.paper.kinds import Paper
from services.paper.labels import label
from services.paper.packing_slips import packing_slip
from services.paper.pick_lists import pick_list
from services.paper.sender import Sender, sender
from services.people import Actor
from services.profile import Profile, profile
from services.shop import Shop

MOST = 500  # orders in one file
ON_A_SHEET = 8
MEDIA_TYPE = "application/pdf"

_TEMPLATES = {Paper.LABEL: "labels", Paper.LABELS: "labels", Paper.CREDIT_NOTE: "invoice"}


@dataclass(frozen=True, slots=True)
class Printed:
    """A file to print."""

    name: str
    pdf: bytes


def issue(shop: Shop, paper: Paper, order_ids: Sequence[str], actor: Actor, now: datetime | None = None) -> None:
    """Give the orders, by their ids, the invoices or credit notes that they do not have yet, each with an event; what
    was issued stays as it is. Raises `Invalid` for no order or too many, `NotFound`, and `Conflict` when no order has
    anything to be credited."""
    at = now or clock.now()
    _check(order_ids)
    with store_errors(), shop.store.write() as write:
        rules = profile(write, shop.settings)
        desk = Desk(write, order_ids, rules, actor, at)
        issued = 0
        for order in _orders(write, order_ids):
            rows = desk.invoices if paper is Paper.INVOICE else desk.credit_notes
            issued += len(rows(order, rules.spoken(order.language)))
        if not issued:
            raise Conflict(
                n_("Nothing was refunded on this order.", "Nothing was refunded on these orders.", len(order_ids))
            )
        desk.close()


def printed(
    shop: Shop,
    paper: Paper,
    order_ids: Sequence[str],
    *,
    parcel_id: str = "",
    skip: int = 0,
    now: datetime | None = None,
) -> Printed:
    """One PDF with this kind of paper for each order, by their ids and in their order. `parcel_id` chooses a parcel of
    one order, `skip` leaves out places of a first sheet of labels that were used already. Invoices and credit notes
    print as they were issued. Raises `Invalid` for no order or too many, `NotFound`, and `Conflict` where nothing was
    issued."""
    at = now or clock.now()
    _check(order_ids)
    with store_errors(), shop.store.read() as read:
        made = _issued if paper.is_issued else _drawn
        papers, numbers = made(read, shop, paper, order_ids, parcel_id, at)
        svgs = logos.of(read, papers)
    content = {"papers": papers, "logos": svgs, "is_sheet": paper is Paper.LABELS, "skip": skip % ON_A_SHEET}
    return Printed(_file_name(paper, numbers, at), press.pdf(_TEMPLATES.get(paper, paper.value), content, at))


def numbers(shop: Shop, order_id: str) -> dict[Paper, list[str]]:
    """The numbers of what was issued for an order, by kind, oldest first."""
    with store_errors(), shop.store.read() as read:
        rows = documents.numbers(read, order_id)
    return {paper: [row["number"] for row in rows if row["kind"] == paper] for paper in Paper if paper.is_issued}


def _check(order_ids: Sequence[str]) -> None:
    if not order_ids:
        raise Invalid(_("No order is chosen."))
    if len(order_ids) > MOST:
        raise Invalid(_("At most {count} orders fit into one file.", count=language.number(MOST)))
    for order_id in order_ids:
        try:
            UUID(order_id)
        except ValueError as error:
            raise NotFound(_("There is no order {number}.", number=order_id)) from error


def _drawn(
    read: Reader, shop: Shop, paper: Paper, order_ids: Sequence[str], parcel_id: str, at: datetime
) -> tuple[list[dict[str, Any]], list[str]]:
    rules = profile(read, shop.settings)
    orders = _orders(read, order_ids)
    numbers, head = [shown_number(order) for order in orders], sender(read, rules)
    if paper is Paper.PICK_LIST:
        with language.use(rules.language):
            return [pick_list(orders, head, at, rules.time_zone) | {"lang": rules.language}], numbers
    return [_one(paper, order, _parcel(order, parcel_id), rules, head) for order in orders], numbers


def _one(paper: Paper, order: Order, parcel: Shipment | None, rules: Profile, head: Sender) -> dict[str, Any]:
    if paper is Paper.PACKING_SLIP:
        return packing_slip(order, head, rules.spoken(order.language), rules.time_zone, parcel)
    with language.use(rules.language):
        return label(order, head, rules.language, parcel)


def _issued(
    read: Reader, shop: Shop, paper: Paper, order_ids: Sequence[str], parcel_id: str, at: datetime
) -> tuple[list[dict[str, Any]], list[str]]:
    rows = documents.contents(read, order_ids, paper)
    if not rows:
        raise Conflict(_("No such document was issued yet."))
    return [json.loads(row["content_json"]) for row in rows], [row["number"] for row in rows]


def _orders(read: Reader | Writer, order_ids: Sequence[str]) -> list[Order]:
    found = reading.several(read, order_ids)
    missing = [order_id for order_id in order_ids if order_id not in found]
    if missing:
        raise NotFound(_("There is no order {number}.", number=missing[0]))
    return [found[order_id] for order_id in order_ids]


def _parcel(order: Order, parcel_id: str) -> Shipment | None:
    return next((parcel for parcel in order.shipments if parcel.id == parcel_id), None)


def _file_name(paper: Paper, numbers: Sequence[str], at: datetime) -> str:
    """Plain ASCII, so that every program and header takes it."""
    one = numbers[0].lstrip("#") if len(numbers) == 1 else f"{at:%Y-%m-%d-%H%M}"
    kept = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "-" for sign in one)
    return f"{paper.value}-{kept.strip('-') or 'order'}.pdf"
