"""Questions that are kept by name, those that were asked before, and some to begin with."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import asking, flash
from pages.parts import workbench_events as events
from pages.parts.escaping import md
from pages.parts.running import acting
from services import clock
from services import shop as shops
from services.errors import ShopError
from services.language import _, ago, n_
from services.people import Actor
from services.shop import Shop
from services.workbench import keeping
from services.workbench.examples import examples
from services.workbench.keeping import Asked
from services.workbench.running import State

_SHOWN = 25


def show(shop: Shop, actor: Actor) -> None:
    """Three menus: kept questions, keeping this one, and what was asked before."""
    kept = keeping.saved(shop)
    with st.popover(_("Kept questions"), key="sql_kept"):
        if not kept:
            st.caption(md(_("Nothing is kept yet. “Keep” gives the question a name.")))
        for one in kept:
            with st.container(horizontal=True, vertical_alignment="center", key=f"sql_kept_row_{one.id}"):
                st.button(
                    md(one.name),
                    key=f"sql_load_{one.id}",
                    on_click=_load_saved,
                    args=(one.id,),
                    type="tertiary",
                    width="stretch",
                )
                st.button(
                    _("Remove"), key=f"sql_drop_{one.id}", on_click=_forget, args=(one.id, one.name), type="tertiary"
                )
    with st.popover(_("Keep"), key="sql_keep"):
        _keep_form(kept)
    with st.popover(_("Asked before"), key="sql_asked"):
        _history(keeping.asked(shop, actor, _SHOWN))


def show_examples() -> None:
    """Questions to begin with."""
    with st.container(horizontal=True, key="sql_examples"):
        for one in examples():
            st.button(md(one.title), key=f"sql_example_{one.name}", on_click=_load_example, args=(one.text,))


def _keep_form(kept: list[keeping.Saved]) -> None:
    current = next((one for one in kept if one.id == st.session_state.get("sql_saved")), None)
    with st.form("sql_keep_form", border=False):
        st.text_input(
            _("Name"),
            current.name if current else "",
            key=f"sql_name_{current.id if current else 'new'}",
            max_chars=keeping.LONGEST_NAME,
        )
        st.caption(md(_("Its parameters and its chart are kept with it.")))
        if current:
            st.form_submit_button(_("Keep the change"), on_click=_keep, args=(current.id,), type="primary")
            st.form_submit_button(_("Keep as a new one"), on_click=_keep, args=("", current.id))
        else:
            st.form_submit_button(_("Keep"), on_click=_keep, args=("",), type="primary")


def _history(asked: list[Asked]) -> None:
    if not asked:
        st.caption(md(_("Nothing was asked yet.")))
        return
    latest = {(one.text, str(one.values)): one for one in reversed(asked)}
    for one in sorted(latest.values(), key=lambda one: one.happened_at, reverse=True):
        with st.container(key=f"sql_asked_row_{one.id}", gap="xxsmall"):
            st.button(
                md(" ".join(one.text.split())[:120]),
                key=f"sql_again_{one.id}",
                on_click=_load_asked,
                args=(one,),
                type="tertiary",
                width="stretch",
            )
            st.html(f"<span class='ct-quiet ct-sql-when'>{escape(_fate(one))}</span>")
    st.button(_("Forget all of these"), key="sql_clear", on_click=_clear, type="tertiary")


def _fate(one: Asked) -> str:
    when = ago(one.happened_at, clock.now())
    became = {
        State.DONE: n_("{count} row", "{count} rows", one.row_count or 0),
        State.REFUSED: _("not understood"),
        State.STOPPED: _("stopped"),
        State.TOO_SLOW: _("took too long"),
        State.TOO_LARGE: _("needed too much memory"),
        State.RUNNING: "",
    }[one.state]
    return f"{when} · {became}"


@acting
def _load_example(text: str) -> None:
    events.load(text)


@acting
def _load_saved(query_id: str) -> None:
    events.load_saved(keeping.one(shops.current(), query_id))


@acting
def _load_asked(one: Asked) -> None:
    events.load(
        one.text,
        {name: about["type"] for name, about in one.values.items()},
        {name: about["value"] for name, about in one.values.items()},
    )


@acting
def _keep(query_id: str, named_by: str = "") -> None:
    kinds, typed = events.kinds(), events.typed()
    name = str(st.session_state.get(f"sql_name_{query_id or named_by or 'new'}", ""))
    try:
        kept = keeping.keep(
            shops.current(),
            name,
            events.text(),
            {one: {"type": kinds[one], "value": typed[one]} for one in kinds},
            st.session_state.get("sql_chart", {}),
            asking.actor(),
            query_id,
        )
    except ShopError as error:
        flash.tell(error.sentence, is_bad=True)
        return
    st.session_state["sql_saved"] = kept.id
    flash.tell(_("“{name}” is kept.", name=kept.name))


@acting
def _forget(query_id: str, name: str) -> None:
    keeping.forget(shops.current(), query_id)
    if st.session_state.get("sql_saved") == query_id:
        st.session_state["sql_saved"] = None
    flash.tell(_("“{name}” is not kept any more.", name=name))


@acting
def _clear() -> None:
    keeping.clear(shops.current(), asking.actor())
