"""The parameters of a question: what each takes, and its value."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.parts import workbench_events as events
from pages.parts.escaping import md
from pages.parts.running import acting
from services.language import _
from services.workbench.parameters import ParameterType


def show() -> None:
    """Draw a field for every `$name` of the question, if there is one."""
    names = events.parameters()
    if not names:
        return
    with st.container(key="sql_parameters", horizontal=True, vertical_alignment="bottom"):
        for name in names:
            _field(name)
        st.button(_("Run"), key="sql_run_with", on_click=_run)


def _field(name: str) -> None:
    kind = events.kind_of(name)
    with st.container(key=f"sql_field_{name}", width=230, gap="xxsmall"):
        if kind is ParameterType.YES_NO:
            st.segmented_control(
                md(f"${name}"), ["true", "false"], key=f"sql_p_{name}", format_func=lambda one: _yes_no(one == "true")
            )
        else:
            st.text_input(md(f"${name}"), key=f"sql_p_{name}", placeholder=_sample(kind), max_chars=1000)
        st.selectbox(
            _("What {name} takes", name=md(f"${name}")),
            list(ParameterType),
            list(ParameterType).index(kind),
            format_func=_named,
            key=f"sql_k_{name}",
            on_change=_chosen,
            args=(name,),
            label_visibility="collapsed",
        )


@acting
def _run() -> None:
    events.ask()


@acting
def _chosen(name: str) -> None:
    kept = dict(st.session_state.get("sql_kinds", {}))
    kept[name] = ParameterType(st.session_state[f"sql_k_{name}"]).value
    st.session_state["sql_kinds"] = kept
    if ParameterType.YES_NO in (kept[name], events.kind_of(name)):
        st.session_state.pop(f"sql_p_{name}", None)


def _sample(kind: ParameterType) -> str:
    today = date.today().isoformat()
    return {ParameterType.DAY: today, ParameterType.MONTH: today[:7], ParameterType.NUMBER: "12.50"}.get(kind, "")


def _named(kind: ParameterType) -> str:
    return {
        ParameterType.TEXT: _("a text"),
        ParameterType.NUMBER: _("a number"),
        ParameterType.DAY: _("a day"),
        ParameterType.MONTH: _("a month"),
        ParameterType.YES_NO: _("yes or no"),
    }[kind]


def _yes_no(is_yes: bool) -> str:
    return _("Yes") if is_yes else _("No")
