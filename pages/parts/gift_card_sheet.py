"""One gift card in a sheet: what is on it, its ledger, and what a person can do with it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from html import escape

import streamlit as st

from data.store import Row
from pages.parts import asking, flash
from pages.parts.badges import html as badge
from pages.parts.pairs import lines_of_html
from pages.parts.places import ORDER
from pages.parts.running import acting, drawing
from pages.parts.tables import table
from services import clock, people
from services import shop as shops
from services.errors import Invalid, ShopError
from services.goods import cards, codes
from services.goods.plan import EntryKind
from services.language import _, current, day, moment
from services.money import shown
from services.orders.words import Role

_OPEN, _CODE = "gift_card_open", "gift_card_code"


@acting
def open_card(card_id: str) -> None:
    """Show a card's sheet on the next drawing."""
    st.session_state[_OPEN] = card_id
    st.session_state.pop(_CODE, None)


def show_open() -> None:
    """Draw the sheet of the card that was opened, if any."""
    card_id = st.session_state.get(_OPEN)
    if not card_id:
        return
    row, entries = cards.card(shops.current(), card_id)

    @st.dialog(_("Gift card {code}", code=masked(row)), width="large", on_dismiss=_close)
    @drawing
    def sheet() -> None:
        zone = shops.current().profile().time_zone
        flash.show()
        _facts(row, zone)
        _code(row)
        if row["voided_at"] is None:
            _steps(row)
        st.html(f"<h3 class='ct-small'>{escape(_('Ledger'))}</h3>{_ledger(entries, row, zone)}")

    sheet()


def masked(row: Row) -> str:
    """A card's code with only its end."""
    return codes.masked(row["last4"])


def state_badge(row: Row, zone: str) -> dict[str, str]:
    """What a card can still do, as data for a badge."""
    return {
        "open": {"sign": "▸", "role": Role.MOVING, "word": _("Valid")},
        "partly_spent": {"sign": "◐", "role": Role.MOVING, "word": _("Partly spent")},
        "spent": {"sign": "✓", "role": Role.GOOD, "word": _("Spent")},
        "expired": {"sign": "⊘", "role": Role.OVER, "word": _("Expired")},
        "voided": {"sign": "✕", "role": Role.OVER, "word": _("Withdrawn")},
    }[cards.state(row, clock.day(clock.now(), zone))]


def _facts(row: Row, zone: str) -> None:
    money = {name: shown(row[name], row["currency"], current()) for name in ("balance", "value")}
    order = (
        f"<a href='{ORDER.address}?id={row['order_id']}' target='_self'>#{escape(row['order_number'].lstrip('#'))}</a>"
    )
    st.html(
        badge(state_badge(row, zone))
        + lines_of_html(
            [
                (_("Balance"), f"<b>{escape(money['balance'])}</b> {escape(_('of {value}', value=money['value']))}"),
                (_("Recipient"), escape(_recipient(row)) or "—"),
                (_("Valid until"), escape(day(row["expires_on"])) if row["expires_on"] else escape(_("without end"))),
                (_("Leaves on"), escape(day(row["send_on"])) if row["send_on"] else escape(_("at once"))),
                (_("Bought with"), order if row["order_number"] else escape(_("issued by hand"))),
            ]
        )
    )


def _recipient(row: Row) -> str:
    return " · ".join(text for text in (row["recipient_name"], row["recipient_email"]) if text)


def _code(row: Row) -> None:
    kept = st.session_state.get(_CODE)
    if kept and kept[0] == row["id"]:
        st.code(kept[1], language=None)
        st.caption(_("Shown once; the timeline of its order keeps that it was."))
    else:
        st.button(_("Show the code"), key="gift_show", on_click=_show, args=(row["id"],))


def _steps(row: Row) -> None:
    again, correct, withdraw = st.tabs([_("Send again"), _("Correct the balance"), _("Withdraw")])
    with again, st.form("gift_resend", border=False):
        st.text_input(_("E-mail"), row["recipient_email"], key="gift_to")
        st.form_submit_button(_("Send again"), on_click=_resend, args=(row["id"],))
    with correct, st.form("gift_adjust", border=False):
        amount, why = st.columns([1, 2])
        amount.text_input(_("Amount, − takes off"), key="gift_amount", placeholder="−10")
        why.text_input(_("Reason"), key="gift_why")
        st.form_submit_button(_("Correct the balance"), on_click=_adjust, args=(row["id"],))
    with withdraw, st.form("gift_void", border=False):
        st.text_input(_("Reason"), key="gift_void_why")
        left = shown(row["balance"], row["currency"], current())
        st.form_submit_button(_("Withdraw the card with {balance}", balance=left), on_click=_void, args=(row["id"],))


def _ledger(entries: list[Row], row: Row, zone: str) -> str:
    balance = Decimal(0)
    rows = []
    for entry in entries:
        balance += entry["amount"]
        about = " · ".join(
            text
            for text in (
                f"#{entry['order_number'].lstrip('#')}" if entry["order_number"] else "",
                people.shown(entry["actor"]),
                entry["reason"],
            )
            if text
        )
        rows.append(
            [
                f"{escape(_kind(entry['kind']))}<span class='ct-under'>{escape(about)}</span>",
                escape(moment(entry["happened_at"], zone)),
                escape(shown(entry["amount"], row["currency"], current()).replace("-", "−")),
                escape(shown(balance, row["currency"], current())),
            ]
        )
    return table((_("What"), _("When"), _("Amount"), _("Balance")), rows, numbers=(2, 3))


def _kind(kind: str) -> str:
    return {
        EntryKind.ISSUE: _("Issued"),
        EntryKind.REDEEM: _("Paid with"),
        EntryKind.REFUND: _("Money given back"),
        EntryKind.RESTORE: _("Taken back"),
        EntryKind.EXPIRE: _("Expired"),
        EntryKind.VOID: _("Withdrawn"),
        EntryKind.ADJUST: _("Corrected"),
    }[EntryKind(kind)]


@acting
def _close() -> None:
    st.session_state.pop(_OPEN, None)
    st.session_state.pop(_CODE, None)


@acting
def _show(card_id: str) -> None:
    st.session_state[_CODE] = (card_id, cards.show(shops.current(), card_id, asking.actor()))


@acting
def _resend(card_id: str) -> None:
    try:
        cards.resend(shops.current(), card_id, asking.actor(), str(st.session_state["gift_to"]))
    except ShopError as error:
        return flash.tell(error.sentence, is_bad=True)
    flash.tell(_("The card is on its way: Messages shows what becomes of it."))


@acting
def _adjust(card_id: str) -> None:
    typed = str(st.session_state["gift_amount"])
    try:
        try:
            amount = Decimal("".join(typed.split()).replace(",", ".").replace("−", "-"))
        except InvalidOperation as error:
            raise Invalid(_("“{amount}” is not an amount.", amount=typed)) from error
        cards.adjust(shops.current(), card_id, amount, str(st.session_state["gift_why"]), asking.actor())
    except ShopError as error:
        return flash.tell(error.sentence, is_bad=True)
    flash.tell(_("The balance is corrected."))


@acting
def _void(card_id: str) -> None:
    try:
        cards.void(shops.current(), card_id, str(st.session_state["gift_void_why"]), asking.actor())
    except ShopError as error:
        return flash.tell(error.sentence, is_bad=True)
    flash.tell(_("The card is withdrawn: nothing can be paid with it."))
