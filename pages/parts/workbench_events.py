"""What a person does on the SQL workbench, and what is remembered of it between two drawings."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts import asking, flash
from pages.parts.running import acting
from services import shop as shops
from services import workbench
from services.errors import ShopError
from services.language import _
from services.shop import Shop
from services.workbench import Run, SqlFault, Step, keeping
from services.workbench.parameters import ParameterType

EDITOR = "sql_editor"
_AT_ONCE = 0.4  # seconds that a drawing waits for an answer before it says that it is under way
_AWAY = 6.0  # seconds without a browser until nobody is thought to wait any more


def arrive(shop: Shop) -> None:
    """What the address asks for: `?query=…` puts a text into the editor, `?saved=…` a question that is kept. Neither is
    run by itself."""
    asked, saved = st.query_params.get("query", ""), st.query_params.get("saved", "")
    if (asked, saved) == st.session_state.get("sql_arrived", ("", "")):
        return
    st.session_state["sql_arrived"] = (asked, saved)
    if saved:
        try:
            load_saved(keeping.one(shop, saved))
        except ShopError as error:
            flash.tell(error.sentence, is_bad=True)
    elif asked:
        load(asked)


def text() -> str:
    """What stands in the editor, as far as the server was told."""
    return str(st.session_state.get("sql_text", ""))


def load(
    what: str, kinds: dict[str, str] | None = None, typed: dict[str, str] | None = None, chart: Any = None
) -> None:
    """Put another text into the editor; the answer of the one before goes."""
    st.session_state["sql_text"] = what
    st.session_state["sql_revision"] = st.session_state.get("sql_revision", 0) + 1
    st.session_state["sql_kinds"] = kinds or {}
    st.session_state["sql_saved"] = None
    st.session_state["sql_chart"] = chart or {}
    for name, value in (typed or {}).items():
        st.session_state[f"sql_p_{name}"] = value
    _forget_answer()


def load_saved(saved: keeping.Saved) -> None:
    """Put a question that is kept into the editor, with what its parameters were the last time."""
    kinds = {name: about["type"] for name, about in saved.parameters.items()}
    load(saved.text, kinds, {name: about["value"] for name, about in saved.parameters.items()}, dict(saved.chart))
    st.session_state["sql_saved"] = saved.id


def parameters() -> tuple[str, ...]:
    """The parameters that the text asks for; those of before while it cannot be read."""
    try:
        found = workbench.look(text()).parameters if text().strip() else ()
    except SqlFault:
        return tuple(st.session_state.get("sql_parameters", ()))
    st.session_state["sql_parameters"] = found
    return found


def kinds() -> dict[str, str]:
    """What each parameter takes: as somebody said, else as its name suggests."""
    said = st.session_state.get("sql_kinds", {})
    return {name: said.get(name) or workbench.guessed(name).value for name in parameters()}


def typed() -> dict[str, str]:
    """What was typed for each parameter."""
    return {name: str(st.session_state.get(f"sql_p_{name}", "")) for name in parameters()}


@acting
def told() -> None:
    """The editor tells what was typed."""
    given = st.session_state[EDITOR].get("text")
    if isinstance(given, str):
        st.session_state["sql_text"] = given


@acting
def run() -> None:
    """Ask what stands in the editor."""
    if _taken("run"):
        ask()


def ask() -> None:
    """Ask the text as it is known here; a question that is under way is stopped first."""
    stop()
    _forget_answer()
    shop = shops.current()
    try:
        asked = workbench.ask(shop, text(), asking.actor(), typed(), kinds(), _watching())
    except ShopError as error:
        _refused(error)
        return
    asked.wait(_AT_ONCE)
    st.session_state["sql_run"] = asked


@acting
def explain() -> None:
    """Show how the engine would go about it."""
    if not _taken("explain"):
        return
    stop()
    _forget_answer()
    try:
        step: Step = workbench.explain(shops.current(), text(), typed(), kinds())
    except ShopError as error:
        _refused(error)
        return
    st.session_state["sql_plan"] = step


@acting
def stop() -> None:
    """Break off what is under way."""
    if current := under_way():
        current.stop()
        current.wait(1)


def under_way() -> Run | None:
    """The question that is being answered for this screen."""
    found = st.session_state.get("sql_run")
    return found if isinstance(found, Run) and found.state is workbench.State.RUNNING else None


def fault() -> dict[str, Any] | None:
    """Why the last question was not answered, for the editor."""
    error = st.session_state.get("sql_fault")
    ended = st.session_state.get("sql_run")
    asked = st.session_state.get("sql_faulty", "")
    if isinstance(ended, Run) and ended.error:
        error, asked = ended.error, ended.text
    if not isinstance(error, ShopError):
        return None
    place = error.place if isinstance(error, SqlFault) else None
    proposal = error.proposal if isinstance(error, SqlFault) else ""
    nearest = ""
    if proposal and place:
        end = len(proposal) - (len(asked) - place.position - place.length)
        nearest = proposal[place.position : end]
    return {
        "sentence": error.sentence,
        "text": asked,
        "proposal": proposal,
        "nearest": nearest,
        "place": place
        and {
            "position": place.position,
            "length": place.length,
            "column": place.column,
            "line_text": place.text,
        },
    }


def kind_of(name: str) -> ParameterType:
    """What a parameter takes now."""
    return ParameterType(kinds().get(name, ParameterType.TEXT))


def _taken(event: str) -> bool:
    given = st.session_state[EDITOR].get(event)
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return False
    st.session_state["sql_text"] = given["text"]
    return True


def _refused(error: ShopError) -> None:
    st.session_state["sql_fault"] = error
    st.session_state["sql_faulty"] = text()
    if not isinstance(error, SqlFault) and not error.fields:
        flash.tell(_("The question was not asked."), is_bad=True)


def _forget_answer() -> None:
    for name in ("sql_run", "sql_fault", "sql_plan", "sql_page"):
        st.session_state.pop(name, None)


def _watching() -> Callable[[], bool]:
    """Whether the browser that asks is still there; a short break in its connection is let pass."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return lambda: True
    session, seen = context.session_id, [time.monotonic()]

    def is_there() -> bool:
        if runtime.get_instance().is_active_session(session):
            seen[0] = time.monotonic()
        return time.monotonic() - seen[0] < _AWAY

    return is_there
