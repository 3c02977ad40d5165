"""The section of Settings on orders that nobody pays, and on those that look doubled."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.store import Row
from pages.parts import settings_saving
from pages.parts.escaping import md
from pages.parts.list_table import shown_number
from pages.parts.running import acting
from services import clock
from services.language import _, n_
from services.orders import doubled, unpaid
from services.profile import Profile
from services.shop import Shop

_NAMES = (unpaid.REMINDER, unpaid.CANCEL, doubled.RULE, "payment_instructions")
_NAMED = 10  # orders named in the preview


def show(shop: Shop, kept: Profile) -> None:
    """Draw it, with what the rules as they stand on the screen would do now."""
    reminder, cancel = st.columns(2)
    reminder_days = reminder.number_input(
        _("Remind after so many days"), 0, 90, kept.rule(unpaid.REMINDER), key=f"set_{unpaid.REMINDER}"
    )
    cancel_days = cancel.number_input(
        _("Cancel after so many days"), 0, 365, kept.rule(unpaid.CANCEL), key=f"set_{unpaid.CANCEL}"
    )
    st.caption(md(_("0 is never. Cash on delivery is left alone, and so is what was imported before.")))
    if reminder_days or cancel_days:
        found = unpaid.foreseen(shop, clock.now(), int(reminder_days), int(cancel_days))
        st.html(_foreseen(found))
    st.text_area(
        _("How to pay offline"),
        kept.rule("payment_instructions"),
        key="set_payment_instructions",
        max_chars=2000,
        placeholder=_("IBAN and name of the account, or where to send the cheque"),
        help=md(_("Mails to customers who pay offline begin with it; you can change every one of them.")),
    )
    st.checkbox(
        _("Hold orders that look doubled"),
        kept.rule(doubled.RULE),
        key=f"set_{doubled.RULE}",
        help=md(_("The same customer and the same goods within half an hour, or one order paid twice.")),
    )
    st.button(_("Save"), on_click=_save, key="save_unpaid", type="primary")


def _foreseen(found: unpaid.Foreseen) -> str:
    """How many and which orders would be seen to now."""
    reminded, cancelled = len(found.reminded), len(found.cancelled)
    said = (
        n_("Now {count} order would be reminded of", "Now {count} orders would be reminded of", reminded)
        + _numbers(found.reminded),
        n_("Now {count} order would be cancelled", "Now {count} orders would be cancelled", cancelled)
        + _numbers(found.cancelled),
    )
    return (
        "<div class='ct-notice ct-notice-waiting'>"
        + "".join(f"<span>{escape(text)}</span>" for text in said)
        + "</div>"
    )


def _numbers(rows: list[Row]) -> str:
    if not rows:
        return "."
    named = ", ".join(shown_number(row["number"]) for row in rows[:_NAMED])
    return _(": {numbers}{more}", numbers=named, more=", …" if len(rows) > _NAMED else ".")


@acting
def _save() -> None:
    changes = {name: st.session_state[f"set_{name}"] for name in _NAMES}
    settings_saving.save(changes)
