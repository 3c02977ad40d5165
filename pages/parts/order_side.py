"""The right side of an order: the next step, the customer, addresses, comment, notes and tags."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import action_sheet, asking, copying, order_people
from pages.parts.escaping import md
from pages.parts.list_table import shown_number
from pages.parts.order_waiting import waiting
from pages.parts.places import ORDER
from pages.parts.running import acting
from services import clock
from services import shop as shops
from services.goods import completing
from services.language import _, ago, current, moment, n_
from services.money import shown
from services.orders import acting as doing
from services.orders import around, life, words
from services.orders.acting import Request
from services.orders.draft import Address
from services.orders.order import Order
from services.orders.statuses import ActionName
from services.profile import Profile
from services.shop import Shop

OF_MONEY = (  # at hand with the payment
    ActionName.VOID_AUTHORISATION,
    ActionName.REMIND_UNPAID,
    ActionName.RECORD_FAILURE,
)
LAST = (ActionName.REFUND, ActionName.MARK_WILL_NOT_DELIVER, ActionName.CANCEL)  # the dangerous ones stand last
QUIET = (
    ActionName.RECORD_PAYMENT,
    ActionName.CONTACT_CUSTOMER,
    ActionName.EDIT_CONTACT,
    ActionName.RESEND,
    ActionName.MUTE,
    ActionName.UNMUTE,
    ActionName.CORRECT,
)


def show(shop: Shop, order: Order, zone: str) -> None:
    """Draw it, from what must be done to what is only good to know."""
    with shop.store.read() as read:
        lacking = completing.lacking(read, order)
    _next_step(order, shop.profile(), lacking)
    _customer(shop, order)
    _address("shipping", _("Ship to"), order, _("Nothing to ship: there is no shipping address."))
    _address("billing", _("Bill to"), order, _("There is no billing address."))
    if order.customer_comment:
        with st.container(key="card_comment"):
            said = escape(order.customer_comment)
            st.html(f"<h2>{escape(_('Customer comment'))}</h2><p class='ct-comment'>{said}</p>")
    _notes(order, zone)
    _tags(order)


def show_past(order: Order, zone: str) -> None:
    """The same of an order as it was: only to be read."""
    with st.container(key="card_customer"):
        st.html(f"<h2>{escape(_('Customer'))}</h2>{order_people.contact(order)}")
    _address("shipping", _("Ship to"), order, _("Nothing to ship: there is no shipping address."))
    _address("billing", _("Bill to"), order, _("There is no billing address."))
    with st.container(key="card_notes"):
        tags = "".join(f"<span class='ct-badge ct-tag'>{escape(tag)}</span> " for tag in order.tags)
        notes = _written(order, zone) or f"<p class='ct-quiet ct-flat'>{escape(_('No notes.'))}</p>"
        st.html(f"<h2>{escape(_('Staff notes'))}</h2>{notes}{tags}")


def _next_step(order: Order, kept: Profile, lacking: str) -> None:
    """What the guide says, the one strong button, the other legal steps beside it. `lacking` is the file that must be
    given before anything else makes sense: all steps are mere further ones then."""
    is_stuck = bool(lacking) and not life.ships(order) and order.fulfilment_status.is_to_prepare
    strong = None if is_stuck else life.next_step(order)
    others = sorted(
        (action for action in life.possible(order) if action is not strong),
        key=lambda action: 2 * (action in OF_MONEY) + (action in LAST or not _suits(order, action)),
    )
    if is_stuck and ActionName.MARK_DELIVERED in others:  # at hand, for what went out by another way
        others.append(others.pop(others.index(ActionName.MARK_DELIVERED)))
    with st.container(key="card_next"):
        todo = lacking if is_stuck else life.what_to_do(order) or _("Nothing is left to do.")
        said = f"<p class='ct-quiet ct-flat'>{escape(todo)}</p>{waiting(order, kept)}"
        st.html(f"<h2>{escape(_('Next step'))}</h2>{said}")
        if strong:
            with st.container(key="strong_step"):
                st.button(
                    words.action(strong),
                    key="step_strong",
                    type="primary",
                    width="stretch",
                    on_click=action_sheet.ask,
                    args=(strong, order),
                )
        with st.container(horizontal=True, gap="small"):
            for action in others[:3]:
                st.button(words.action(action), key=f"step_{action}", on_click=action_sheet.ask, args=(action, order))
            with st.popover(_("More")):
                for action in (*others[3:], *_quiet(order)):
                    st.button(
                        words.action(action),
                        key=f"step_{action}",
                        type="tertiary",
                        on_click=action_sheet.ask,
                        args=(action, order),
                    )


def _suits(order: Order, action: ActionName) -> bool:
    """Whether the step belongs to the way in which these goods reach the customer; the others stay at hand."""
    return order.is_pickup or action is not ActionName.MARK_READY_FOR_PICKUP


def _quiet(order: Order) -> list[ActionName]:
    """What can always be done, and is seldom wanted."""
    muting = ActionName.UNMUTE if order.is_muted else ActionName.MUTE
    return [action for action in QUIET if action not in (ActionName.MUTE, ActionName.UNMUTE) or action is muting]


def _customer(shop: Shop, order: Order) -> None:
    history = around.customer_history(shop, order)
    sums = ", ".join(shown(amount, currency, current()) for currency, amount in history.sums.items())
    with st.container(key="card_customer"):
        st.html(f"<h2>{escape(_('Customer'))}</h2>{order_people.contact(order)}")
        if order.email:
            copying.show(order.email, "copy_email", _("E-mail"))
        if history.others:
            with st.expander(md(n_("{count} order, {sum}", "{count} orders, {sum}", history.count, sum=sums))):
                st.html("".join(_other(row) for row in history.others))
        else:
            st.html(f"<div class='ct-quiet'>{escape(_('First order of this customer'))}</div>")


def _other(row: dict[str, object]) -> str:
    placed = ago(row["placed_at"], clock.now())  # type: ignore[arg-type]
    total = shown(row["total"], str(row["currency"]), current())  # type: ignore[arg-type]
    number = escape(shown_number(str(row["number"])))
    return (
        f"<div class='ct-pair'><span><a href='{ORDER.address}?id={row['id']}' target='_self'>{number}</a> "
        f"<span class='ct-quiet'>{escape(placed)}</span></span><span class='ct-num'>{escape(total)}</span></div>"
    )


def _address(kind: str, title: str, order: Order, nothing: str) -> None:
    of = order.shipping_address if kind == "shipping" else order.billing_address
    method = order.shipping_method if kind == "shipping" else ""
    with st.container(key=f"card_{kind}"):
        under = f"<div class='ct-quiet'>{escape(method)}</div>" if method else ""
        is_same = kind == "billing" and of == order.shipping_address and of != Address()
        if is_same:
            body = f"<div class='ct-quiet'>{escape(_('Same as the shipping address'))}</div>"
        else:
            body = order_people.address(of, nothing)
        st.html(f"<h2>{escape(title)}</h2>{body}{under}")
        lines = order_people.lines_of(of)
        if lines and not is_same:
            copying.show("\n".join(lines), f"copy_{kind}", title)


def _notes(order: Order, zone: str) -> None:
    with st.container(key="card_notes"):
        st.html(f"<h2>{escape(_('Staff notes'))}</h2>{_written(order, zone)}")
        with st.form("note", clear_on_submit=True, border=False):
            st.text_area(
                _("Note"), key="note_text", height=68, placeholder=_("Only staff see it"), label_visibility="collapsed"
            )
            st.form_submit_button(_("Add the note"), on_click=_add_note, args=(order,))


def _written(order: Order, zone: str) -> str:
    return "".join(
        f"<div class='ct-note'><p class='ct-comment'>{escape(note.text)}</p>"
        f"<span class='ct-under'>{escape(note.author)}, {escape(moment(note.at, zone))}</span></div>"
        for note in order.notes
    )


def _tags(order: Order) -> None:
    with st.container(key="card_tags"):
        st.html(f"<h2>{escape(_('Tags'))}</h2>")
        st.multiselect(
            _("Tags"),
            sorted(order.tags),
            sorted(order.tags),
            key=f"tags_{order.id}_{order.version}",
            accept_new_options=True,
            placeholder=_("Add a tag"),
            label_visibility="collapsed",
            on_change=_retag,
            args=(order,),
        )


@acting
def _add_note(order: Order) -> None:
    text = st.session_state["note_text"]
    if text.strip():
        _do(ActionName.ADD_NOTE, order, {"text": text})


@acting
def _retag(order: Order) -> None:
    wanted = st.session_state[f"tags_{order.id}_{order.version}"]
    if fresh := [tag for tag in wanted if tag not in order.tags]:
        _do(ActionName.TAG, order, {"tags": fresh})
    elif gone := [tag for tag in order.tags if tag not in wanted]:
        _do(ActionName.UNTAG, order, {"tags": gone})


def _do(action: ActionName, order: Order, params: dict[str, object]) -> None:
    """A step that changes nobody's mind: without a sheet, with its place in the timeline and its undo there."""
    doing.do(shops.current(), Request(action, order.id, params=params), asking.actor())
