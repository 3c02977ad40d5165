"""Every message of the shop: what waits, what left, what became of it, and what a person must decide."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.store import Row
from pages.parts import (
    asking,
    bounce_sheet,
    broken_templates,
    flash,
    freeze_bar,
    mail_frame,
    mail_secrets,
    message_missing,
)
from pages.parts.badges import html, message_badge
from pages.parts.components import component, nothing, written
from pages.parts.list_table import shown_number
from pages.parts.pairs import lines, lines_of_html
from pages.parts.places import MAIL_TEMPLATES
from pages.parts.running import acting, drawing, live
from services import clock
from services import shop as shops
from services.language import _, ago, moment, n_
from services.messages import freezing, outbox
from services.messages import words as mail_words
from services.messages.states import MessageState
from services.messages.worker import mail_is_set_up
from services.orders import bounces

SIZE = 50
GROUPS: dict[str, tuple[MessageState, ...]] = {
    "all": (),
    "waiting": (MessageState.WAITING, MessageState.SENDING),
    "sent": (MessageState.ACCEPTED, MessageState.DELIVERED),
    "to_decide": (MessageState.FAILED, MessageState.BOUNCED, MessageState.UNSURE),
    "stopped": (MessageState.CANCELLED,),
}

_table = component("messages", '<div class="messages"></div>', ("base.css", "mails.css"), ("base.js", "mails.js"))


@drawing
def show() -> None:
    shop = shops.current()
    st.html(f"<style>{written('order.css')}</style>")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title(_("Messages"))
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            st.page_link(MAIL_TEMPLATES.file, label=_("Mail templates"))
            st.button(
                _("Freeze the shop"),
                key="freeze",
                on_click=freeze_bar.open_sheet,
                args=("freeze",),
                disabled=freezing.is_frozen(shop),
            )
    flash.show()
    if not mail_is_set_up(shop.settings, shop.profile()):
        sentence = _("No mail leaves yet: it takes a SendGrid key and a sender address. All of it stays readable here.")
        st.html(f"<div class='ct-notice ct-notice-waiting'>{escape(sentence)}</div>")
    broken_templates.show(has_link=True)
    message_missing.show()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.pills(
            _("Which messages"),
            list(GROUPS),
            default=st.query_params.get("state") if st.query_params.get("state") in GROUPS else "all",
            key="state",
            required=True,
            format_func=_group,
            label_visibility="collapsed",
            on_change=_first_page,
        )
        st.text_input(
            _("Find by recipient, subject or order"),
            key="mail",
            bind="query-params",
            placeholder=_("Find by recipient, subject or order"),
            label_visibility="collapsed",
            on_change=_first_page,
        )
    _list()
    message_missing.proof()
    if "read" in st.query_params:
        st.session_state["reading"] = st.query_params.pop("read")
    if bounce_sheet.is_open():
        bounce_sheet.show()
    elif reading := st.session_state.get("reading"):
        _read(reading)


def _group(name: str) -> str:
    return {
        "all": _("All messages"),
        "waiting": _("Waiting"),
        "sent": _("Sent"),
        "to_decide": _("To decide"),
        "stopped": _("Stopped"),
    }[name]


@acting
def _first_page() -> None:
    st.session_state["page"] = 1


@live(every=2)
def _list() -> None:
    shop = shops.current()
    kept = shop.profile()
    zone, leaves = kept.time_zone, mail_is_set_up(shop.settings, kept) and not kept.rule("is_frozen")
    states = GROUPS[st.session_state.get("state") or "all"]
    page = max(1, int(st.session_state.get("page", 1)))
    found = outbox.page(shop, states, st.session_state.get("mail", "").strip(), SIZE, (page - 1) * SIZE)
    asked = _table(
        key="mails",
        data={
            "rows": [_row(row, zone, leaves) for row in found.rows],
            "heads": [_("When"), _("About"), _("Order"), _("To"), _("State")],
            "empty": _("No message here."),
        },
        on_open_change=nothing,
    )
    pages = max(1, -(-found.total // SIZE))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(n_("{count} message", "{count} messages", found.total))
        if pages > 1:
            st.pagination(pages, key="page", bind="query-params")
    if asked["open"]:
        st.session_state["reading"] = asked["open"]
        st.rerun()


def _row(row: Row, zone: str, leaves: bool) -> dict[str, object]:
    state = MessageState(row["state"])
    return {
        "id": row["id"],
        "when": moment(row["happened_at"], zone),
        "ago": ago(row["happened_at"], clock.now()),
        "about": mail_words.template(row["template"], row["channel"]),
        "subject": row["subject"],
        "order": shown_number(row["order_number"] or ""),
        "to": row["recipient"],
        "badge": message_badge(state),
        "detail": _detail(row, state, leaves),
    }


def _detail(row: Row, state: MessageState, leaves: bool) -> str:
    """What more there is to say of a state, in a few words."""
    if state is MessageState.WAITING and not leaves:
        return _("kept here")
    if state is MessageState.WAITING and row["send_after"] > clock.now():
        return _("leaves {when}", when=ago(row["send_after"], clock.now()))
    return row["error"] or ""


def _read(message_id: str) -> None:
    row = outbox.message(shops.current(), message_id)

    @st.dialog(mail_words.template(row["template"], row["channel"]), width="large", on_dismiss=_close)
    @drawing
    def letter() -> None:
        zone = shops.current().profile().time_zone
        pairs = [
            (_("To"), row["recipient"]),
            (_("From"), row["sender"]),
            (_("Subject"), row["subject"]),
            (_("Made"), moment(row["happened_at"], zone)),
        ]
        error = f"<div class='ct-notice ct-notice-bad'>{escape(row['error'])}</div>" if row["error"] else ""
        st.html(f"<div>{html(message_badge(row['state']))}</div>{error}{lines(pairs)}")
        _steps(row)
        told = mail_secrets.told(row)
        designed, plain, fate = st.tabs([_("As it looks"), _("As plain text"), _("What became of it")])
        with designed:
            if row["body_html"]:  # a push has words only
                mail_frame.show(told["body_html"], row["subject"], key="letter")
            if names := ", ".join(file["name"] for file in row["files"] if not file["content_id"]):
                st.html(f"<p class='ct-quiet ct-flat'>{escape(_('Attached: {files}', files=names))}</p>")
        with plain:
            st.code(told["body_text"], language=None, wrap_lines=True)
        with fate:
            _fate(row, zone)

    letter()


def _steps(row: Row) -> None:
    """What a person can do with it now."""
    message_id, state = row["id"], MessageState(row["state"])
    with st.container(horizontal=True):
        if state.can_be_stopped:
            st.button(_("Stop"), key="stop", on_click=_stop, args=(message_id,))
            st.button(_("Send now"), key="send_now", on_click=_send_now, args=(message_id,))
        if state.can_be_retried:
            if bounces.can_correct(row["channel"], state):
                st.button(_("Correct the address"), key="correct", on_click=bounce_sheet.ask, args=(message_id,))
            st.button(_("Send again"), key="retry", on_click=_retry, args=(message_id,))
            st.button(_("Leave it"), key="dismiss", on_click=_dismiss, args=(message_id,))


def _fate(row: Row, zone: str) -> None:
    steps = [(row["happened_at"], _("Written"), "")]
    steps += [(event["happened_at"], mail_words.event(event["kind"]), event["detail"]) for event in row["events"]]
    told = [
        (moment(at, zone), f"{escape(word)}<span class='ct-under'>{escape(detail)}</span>")
        for at, word, detail in steps
    ]
    proof = f"<div class='ct-under'>{escape(_('Number at the provider'))}: {escape(row['provider_id'])}</div>"
    st.html(f"{lines_of_html(told)}{proof if row['provider_id'] else ''}")


@acting
def _close() -> None:
    st.session_state.pop("reading", None)
    mail_secrets.forget()


@acting
def _stop(message_id: str) -> None:
    outbox.stop(shops.current(), message_id, asking.actor())
    flash.tell(_("Stopped: it will not leave."))


@acting
def _send_now(message_id: str) -> None:
    outbox.send_now(shops.current(), message_id, asking.actor())
    flash.tell(_("It leaves at once."))


@acting
def _retry(message_id: str) -> None:
    outbox.retry(shops.current(), message_id, asking.actor())
    flash.tell(_("It is sent again."))


@acting
def _dismiss(message_id: str) -> None:
    outbox.dismiss(shops.current(), message_id, asking.actor())
    flash.tell(_("It stays as it is; nothing is sent."))


show()
