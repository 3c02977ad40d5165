"""After an action: a line at the foot that says what happened, and for how long it can be undone or stopped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape

import streamlit as st

from pages.parts import asking, flash
from pages.parts.list_table import shown_number
from pages.parts.running import acting, live
from services import clock
from services import shop as shops
from services.errors import ShopError
from services.language import _
from services.messages import outbox
from services.messages.states import MessageState
from services.messages.worker import mail_is_set_up
from services.orders import acting as doing
from services.orders import reading, undoing, words
from services.orders.acting import Answer, Request
from services.orders.statuses import ActionName
from services.profile import Profile
from services.shop import Shop

_KEPT = "after_action"
SHOWN_FOR = timedelta(seconds=30)  # where no message waits longer


@dataclass(frozen=True)
class Done:
    """What was done last on this screen; `touched_at` is when its mails were stopped or sent."""

    action: ActionName
    order_id: str
    event_id: str
    at: datetime
    touched_at: datetime | None = None


def keep(action: ActionName, answer: Answer) -> None:
    """Remember what was done, for the line at the foot."""
    event = answer.event or (answer.kept or {}).get("event")
    if event:
        st.session_state[_KEPT] = Done(action, answer.order.id, event, clock.now())


def show(order_id: str) -> None:
    """Draw the line, while there is something to say about this order."""
    kept = st.session_state.get(_KEPT)
    if isinstance(kept, Done) and kept.order_id == order_id:
        _line(kept)


@live(every=1)
def _line(done: Done) -> None:
    if st.session_state.get(_KEPT) != done:  # something was done since: the whole screen is drawn anew
        st.rerun()
    shop = shops.current()
    order, kept = reading.order(shop, done.order_id), shop.profile()
    event = next((one for one in order.events if one.id == done.event_id), None)
    now = clock.now()
    waiting = [m for m in order.messages if m.event_id == done.event_id and m.state == MessageState.WAITING]
    leaves = max((message.send_after for message in waiting), default=now)
    is_held = bool(waiting) and kept.rule("is_frozen")
    if event is None or (leaves <= now and not is_held and now - done.at > SHOWN_FOR):
        return
    can_undo = undoing.refusal(order, event, "UTC") is None
    with st.container(key="after_action", horizontal=True, vertical_alignment="center"):
        said = f"<span role='status'>{escape(f'{shown_number(order.number)} · {words.event(event.kind)}.')}</span>"
        # outside of what is announced, or a screen reader would read every second of it
        mails = f" <span>{escape(_mails(shop, kept, leaves, now))}</span>" if waiting else ""
        st.html(f"<span>{said}{mails}</span>")
        if can_undo and done.action is not ActionName.UNDO:
            st.button(_("Undo"), key="undo_last", on_click=_undo, args=(done,))
        if waiting:
            st.button(_("Stop the mail"), key="stop_last", on_click=_stop, args=(done, [m.id for m in waiting]))
            if not kept.rule("is_frozen"):
                st.button(_("Send now"), key="send_last", on_click=_send, args=(done, [m.id for m in waiting]))
        st.button("✕", key="close_last", help=_("Close"), on_click=_close)


def _mails(shop: Shop, kept: Profile, leaves: datetime, now: datetime) -> str:
    if not mail_is_set_up(shop.settings, kept):
        return _("Mail is not set up: the customer is not told.")
    if kept.rule("is_frozen"):
        return _("The shop is frozen: the mail waits until it is resumed.")
    left = max(0, int((leaves - now).total_seconds()))
    if not left:
        return _("The mail is leaving.")
    return _("The mail leaves in {time}.", time=f"{left // 60}:{left % 60:02d}")


@acting
def _undo(done: Done) -> None:
    request = Request(ActionName.UNDO, done.order_id, params={"event": done.event_id}, key=f"undo-{done.event_id}")
    try:
        answer = doing.do(shops.current(), request, asking.actor())
    except ShopError as error:
        flash.tell(error.sentence, is_bad=True)
        return
    keep(ActionName.UNDO, answer)


@acting
def _stop(done: Done, message_ids: list[str]) -> None:
    for message_id in message_ids:
        outbox.stop(shops.current(), message_id, asking.actor())
    st.session_state[_KEPT] = replace(done, touched_at=clock.now())


@acting
def _send(done: Done, message_ids: list[str]) -> None:
    for message_id in message_ids:
        outbox.send_now(shops.current(), message_id, asking.actor())
    st.session_state[_KEPT] = replace(done, touched_at=clock.now())


@acting
def _close() -> None:
    st.session_state.pop(_KEPT, None)
