"""Before an action: what will change, who is told and the mail as they will read it; then one button.

The sheet opens from a flag of the session, so that it outlives reruns; its token is born with the question, so that
a double click does the thing once.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from html import escape

import streamlit as st

from pages.parts import action_forms, after_action, asking, flash, mail_frame
from pages.parts.escaping import md
from pages.parts.list_table import shown_number
from pages.parts.order_words import label, value
from pages.parts.pairs import lines, lines_of_html
from pages.parts.running import acting, drawing
from services import shop as shops
from services.errors import ShopError
from services.language import _, ago
from services.messages import freezing
from services.messages import words as mail_words
from services.messages.kinds import Audience, Template
from services.orders import acting as doing
from services.orders import reading, words
from services.orders.acting import Answer, Letter, Request
from services.orders.changes import Change
from services.orders.order import Order
from services.orders.statuses import ActionName

LETTERS = (ActionName.RESEND, ActionName.CONTACT_CUSTOMER, ActionName.REMIND_UNPAID)  # the mail is what is asked for
_OPEN = "sheet"


@dataclass(frozen=True)
class Sheet:
    """A question on the screen: which action, on which order as it was seen, and what is given already."""

    action: ActionName
    order_id: str
    version: int
    token: str
    given: tuple[tuple[str, str], ...] = ()


@acting
def ask(action: ActionName, order: Order, **given: str) -> None:
    """Open the sheet of an action; for `on_click`."""
    for name in [name for name in st.session_state if str(name).startswith("sheet_")]:
        del st.session_state[name]
    st.session_state[_OPEN] = Sheet(action, order.id, order.version, uuid.uuid4().hex, tuple(given.items()))


def show() -> None:
    """Draw the sheet that is open, if any."""
    sheet = st.session_state.get(_OPEN)
    if not isinstance(sheet, Sheet):
        return

    @st.dialog(words.action(sheet.action), width="medium", on_dismiss=close)
    @drawing
    def question() -> None:
        if st.session_state.get(_OPEN) != sheet:  # answered: the whole screen is drawn anew
            st.rerun()
        _question(sheet)

    question()


@acting
def close() -> None:
    """Put the question away."""
    st.session_state.pop(_OPEN, None)


def _question(sheet: Sheet) -> None:
    shop = shops.current()
    order = reading.order(shop, sheet.order_id)
    params = action_forms.ask(sheet.action, order)
    reason = params.pop("reason", "")
    params |= dict(sheet.given)
    request = Request(sheet.action, order.id, sheet.version, params, True, reason, key=sheet.token, insists=True)
    tick: bool | None = None
    try:
        answer = doing.preview(shop, request, asking.actor())
        if _tells(answer) and sheet.action not in LETTERS:
            tick = _tells_at_first(request)
            if not st.session_state.get("sheet_tell", tick):
                request = replace(request, tell_customer=False, insists=False)
                answer = doing.preview(shop, request, asking.actor())
    except ShopError as error:
        _refuse(error.sentence)
        _buttons(sheet, request, order, can_do=False)
        return
    if answer.refused:
        _refuse(answer.refused)
    else:
        _say(order, answer, tick)
    says_why = bool(reason.strip()) or sheet.action is not ActionName.HOLD
    _buttons(sheet, request, order, can_do=answer.refused is None and says_why)


def _tells(answer: Answer) -> bool:
    """Whether a new mail to the customer is among its messages; one that waits and is written anew needs no asking."""
    kinds = [one.message.template for one in answer.messages if one.text and not _waits(one, answer)]
    return any(kind in set(Template) and Template(kind).kind.audience is Audience.CUSTOMER for kind in kinds)


def _waits(letter: Letter, answer: Answer) -> bool:
    """Whether a message was there before the action."""
    return any(message.id == letter.message.id for message in answer.order.messages)


def _tells_at_first(request: Request) -> bool:
    """Whether the customer is told unless the box is cleared: by the shop's rules, but of a corrected number only when
    it is ticked."""
    if request.action is ActionName.EDIT_TRACKING:
        return False
    return _tells(doing.preview(shops.current(), replace(request, insists=False), asking.actor()))


def _refuse(sentence: str) -> None:
    st.html(f"<div class='ct-notice ct-notice-bad' role='alert'>{escape(sentence)}</div>")


def _say(order: Order, answer: Answer, tick: bool | None) -> None:
    """What will change, what to think of, and who is told. `tick` is the box at first; None where nobody is told."""
    rows = [(label(change.field, order), _change(change, order)) for change in answer.changes]
    warnings = "".join(f"<div class='ct-notice ct-notice-waiting'>{escape(text)}</div>" for text in answer.warnings)
    head = f"<h3 class='ct-small'>{escape(_('What changes'))}</h3>" if rows else ""
    st.html(f"{warnings}{head}{lines_of_html(rows)}")
    if tick is not None:
        st.checkbox(_("Tell the customer"), tick, key="sheet_tell")
    if any(letter.text and _waits(letter, answer) for letter in answer.messages):
        st.html(f"<p class='ct-quiet'>{escape(_('The mail that waits is written anew, with this number.'))}</p>")
    for index, letter in enumerate(answer.messages):
        _letter(letter, index)


def _change(change: Change, order: Order) -> str:
    before, after = value(change.field, change.before, order), value(change.field, change.after, order)
    was = "" if change.before in (None, "", []) else f"<span class='ct-quiet'>{escape(before)} → </span>"
    return f"{was}{escape(after)}"


def _letter(letter: Letter, index: int) -> None:
    message = letter.message
    if not letter.text:
        text = _("The mail “{subject}” to {to} is stopped.", subject=message.subject, to=message.to)
        st.html(f"<div class='ct-notice ct-notice-good'>{escape(text)}</div>")
        return
    leaves = ago(message.send_after, message.at) if message.send_after > message.at else _("at once")
    if freezing.is_frozen(shops.current()):
        leaves = _("when the shop sends again")
    with st.container(key=f"letter_{index}", gap="small"):
        pairs = [(_("To"), message.to), (_("Leaves"), leaves), (_("Subject"), message.subject)]
        st.html(f"<h3 class='ct-small'>{escape(mail_words.template(message.template))}</h3>{lines(pairs)}")
        mail_frame.show(letter.html, message.subject, key=f"sheet_mail_{index}")


def _buttons(sheet: Sheet, request: Request, order: Order, can_do: bool) -> None:
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button(_("Not now"), key="sheet_close", on_click=close)
        said = md(f"{words.action(sheet.action)} · {shown_number(order.number)}")
        st.button(said, key="sheet_do", type="primary", disabled=not can_do, on_click=do, args=(request,))


@acting
def do(request: Request) -> None:
    """Do what the sheet asked for; a refusal is said on the screen, and nothing has changed."""
    close()
    try:
        answer = doing.do(shops.current(), request, asking.actor())
    except ShopError as error:
        flash.tell(error.sentence, is_bad=True)
        return
    after_action.keep(request.action, answer)
