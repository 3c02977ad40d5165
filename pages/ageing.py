"""How long orders wait in each state, against the shop's promise; a figure opens the orders behind it."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from data.filters import Filter, Sort
from pages.parts.components import written
from pages.parts.list_table import shown_number
from pages.parts.places import ORDER, ORDERS
from pages.parts.running import drawing
from pages.parts.tables import table
from services import clock
from services import shop as shops
from services.language import _, day, n_, number
from services.orders import ageing, reading
from services.orders.ageing import SPANS, Cell, Row, Stage
from services.orders.finding import Found, View, find, todo_filters
from services.orders.promise import Promise, promise
from services.orders.todo import Todo
from services.profile import Profile
from services.query import write
from services.shop import Shop

SHOWN = 20  # late orders on the screen; the list has them all
_PROMISED = (Stage.TO_PREPARE, Stage.PROCESSING, Stage.PARTIALLY_SHIPPED)


@drawing
def show() -> None:
    shop = shops.current()
    kept, now = shop.profile(), clock.now()
    promised = promise(kept)
    st.html(f"<style>{written('order.css')}{written('ageing.css')}</style>")
    st.title(_("Waiting times"))
    st.caption(_sentence(promised))
    rows = ageing.board(shop, now)
    if not rows:
        st.html(f"<div class='ct-card-empty'>{escape(_('No order is waiting.'))}</div>")
        return
    with st.container(key="card_board"):
        heads = (_("Working days"), *(_span(low, high) for low, high in SPANS), _("All"), _("Longest"))
        cells = [_row(row, promised) for row in rows]
        st.html(table(heads, cells, numbers=tuple(range(1, len(heads))), kind="ct-board"))
    _late(shop, kept, todo_filters(clock.day(now, kept.time_zone), promised)[Todo.LATE])


def _sentence(promised: Promise) -> str:
    if not promised.is_made:
        return _("The shop makes no promise: Settings can give one.")
    return n_(
        "Promised: a paid order leaves within {count} working day.",
        "Promised: a paid order leaves within {count} working days.",
        promised.days,
    )


def _span(low: int, high: int | None) -> str:
    return f"{number(low)}–{number(high)}" if high is not None else f"{number(low)}+"


def _row(row: Row, promised: Promise) -> list[str]:
    breaks = promised.is_made and row.stage in _PROMISED
    cells = [
        _link(cell, is_bad=breaks and low > promised.days) for cell, (low, _high) in zip(row.cells, SPANS, strict=True)
    ]
    name = f"<span class='ct-thing'>{escape(_stage(row.stage))}</span>"
    return [name, *cells, _link(row.all, is_bad=False), escape(number(row.longest))]


def _link(cell: Cell, *, is_bad: bool) -> str:
    if not cell.count:
        return "<span class='ct-quiet'>—</span>"
    kind = "ct-cell ct-role-bad" if is_bad else "ct-cell"
    return f"<a class='{kind}' href='{escape(_address(cell.filter))}' target='_self'>{escape(number(cell.count))}</a>"


def _address(filter: Filter) -> str:
    return f"{ORDERS.address}?{urlencode({'q': write(filter)})}"


def _late(shop: Shop, kept: Profile, filter: Filter) -> None:
    """The orders that break the promise, those placed first before the others."""
    found = find(shop, View(filter, Sort.OLDEST, SHOWN))
    with st.container(key="card_late"):
        st.html(f"<h2>{escape(_('Late'))}</h2>")
        if not found.total:
            st.html(f"<p class='ct-quiet ct-flat'>{escape(_('Nothing is late.'))}</p>")
            return
        st.html(
            table(
                (_("Order"), _("Customer"), _("Placed"), _("Late by")), _rows(shop, kept, filter, found), numbers=(3,)
            )
        )
        if found.total > SHOWN:
            words = n_("Show the late order", "Show all {count} late orders", found.total)
            st.html(f"<a href='{escape(_address(filter))}' target='_self'>{escape(words)}</a>")


def _rows(shop: Shop, kept: Profile, filter: Filter, found: Found) -> list[list[str]]:
    promised, now = promise(kept), clock.now()
    with shop.store.read() as read:
        orders = reading.several(read, [row["id"] for row in found.rows])
    rows = []
    for order in orders.values():
        late = ageing.late(order, promised, kept.time_zone, now)
        link = f"{ORDER.address}?{urlencode({'id': order.id, 'q': write(filter)})}"
        rows.append(
            [
                f"<a class='ct-thing' href='{escape(link)}' target='_self'>{escape(shown_number(order.number))}</a>",
                escape(order.customer or "—"),
                escape(day(order.placed_on)),
                escape(n_("{count} day", "{count} days", late)),
            ]
        )
    return rows


def _stage(stage: Stage) -> str:
    return {
        Stage.AWAITING_PAYMENT: _("Awaiting payment"),
        Stage.TO_PREPARE: _("To prepare"),
        Stage.PROCESSING: _("Processing"),
        Stage.ON_HOLD: _("On hold"),
        Stage.PARTIALLY_SHIPPED: _("Partially shipped"),
        Stage.READY_FOR_PICKUP: _("Ready for pickup"),
        Stage.UNDER_WAY: _("Under way"),
    }[stage]


show()
