"""The red bar on every screen while the shop is frozen, and the two questions around it: freeze, and resume."""

from __future__ import annotations

from datetime import timedelta
from html import escape

import streamlit as st
from babel.dates import format_timedelta

from pages.parts import asking, flash
from pages.parts.components import written
from pages.parts.running import acting, drawing, live
from services import shop as shops
from services.errors import ShopError, store_errors
from services.language import _, conventions, current, n_
from services.messages import freezing

_OPEN = "freeze_sheet"


def show() -> None:
    """Draw the bar while the shop is frozen, and the question that is open."""
    _bar()
    sheet = st.session_state.get(_OPEN)
    if sheet:
        _ask(resumes=sheet == "resume")


@live(every=5)
def _bar() -> None:
    try:
        with store_errors():
            shop = shops.current()
            if not freezing.is_frozen(shop):
                return
            count = freezing.held(shop).count
    except ShopError:
        return  # the screen below says it
    said = n_(
        "The shop is frozen: {count} message waits and nothing leaves.",
        "The shop is frozen: {count} messages wait and nothing leaves.",
        count,
    )
    if not count:  # what still cools off is no mail that the freeze holds back
        said = _("The shop is frozen: nothing leaves.")
    st.html(f"<style>{written('frozen.css')}</style>")
    with st.container(key="frozen", horizontal=True, vertical_alignment="center"):
        st.html(f"<div class='ct-frozen' role='alert'>{escape(said)}</div>")
        if st.button(_("Resume"), key="frozen_resume", on_click=open_sheet, args=("resume",)):
            st.rerun()


@acting
def open_sheet(which: str) -> None:
    """Ask to "freeze" or to "resume"; for `on_click`."""
    st.session_state[_OPEN] = which


@acting
def _close() -> None:
    st.session_state.pop(_OPEN, None)


def _ask(*, resumes: bool) -> None:
    @st.dialog(_("Resume the shop") if resumes else _("Freeze the shop"), on_dismiss=_close)
    @drawing
    def question() -> None:
        if not st.session_state.get(_OPEN):  # answered: the whole screen is drawn anew
            st.rerun()
        if resumes:
            _resume()
            return
        st.write(
            _("Nothing leaves while the shop is frozen: no mail, no notification, no test. All of it is kept here.")
        )
        _buttons(_("Freeze the shop"), _freeze)

    question()


def _resume() -> None:
    held = freezing.held(shops.current())
    st.write(n_("{count} message would leave now.", "{count} messages would leave now.", held.count))
    ages: list[timedelta | None] = [None, *(age for age in freezing.AGES if held.older[age])]
    if len(ages) > 1:
        st.radio(
            _("What was written long ago"),
            ages,
            format_func=lambda age: _age(age, held),
            key="resume_drop",
        )
    _buttons(_("Resume the shop"), _go_on)


def _age(age: timedelta | None, held: freezing.Held) -> str:
    if age is None:
        return _("send all of it")
    return n_(
        "drop what is older than {age} ({count} message)",
        "drop what is older than {age} ({count} messages)",
        held.older[age],
        age=format_timedelta(age, threshold=1.5, locale=conventions(current())),
    )


def _buttons(said: str, act: object) -> None:
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button(_("Not now"), key="freeze_no", on_click=_close)
        st.button(said, key="freeze_do", type="primary", on_click=act)  # type: ignore[arg-type]


@acting
def _freeze() -> None:
    freezing.freeze(shops.current(), asking.actor())
    st.session_state.pop(_OPEN, None)


@acting
def _go_on() -> None:
    dropped = freezing.resume(shops.current(), asking.actor(), st.session_state.get("resume_drop"))
    st.session_state.pop(_OPEN, None)
    said = n_("{count} message was dropped.", "{count} messages were dropped.", dropped) if dropped else ""
    flash.tell(f"{_('The shop sends again.')} {said}".strip())
