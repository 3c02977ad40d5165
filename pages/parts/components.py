"""Our own pieces of screen: HTML, style and script from `frontend/`, mounted as Streamlit components.

Declared once, when first imported. Data reaches the browser as JSON, and our scripts set it as text only.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

FRONTEND = Path(__file__).parent / "frontend"


@cache
def written(name: str) -> str:
    """A file of `frontend/`."""
    return (FRONTEND / name).read_text(encoding="utf-8")


def component(name: str, html: str, styles: tuple[str, ...], scripts: tuple[str, ...]) -> ComponentRenderer:
    """A piece of screen in a shadow root of its own; files are joined in the given order."""
    return st.components.v2.component(
        f"comptoir_{name}",
        html=html,
        css="\n".join(written(file) for file in styles),
        js="\n".join(written(file) for file in scripts),
    )


def nothing() -> None:
    """For an event that the code after the component reads: Streamlit reports only events that have a listener."""
