"""Screens as AppTest draws them: what our own pieces of screen were given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

SHELL = str(Path(__file__).parents[2] / "pages" / "_shell.py")


def screen(language: str = "", **params: str) -> AppTest:
    """The first screen with these parameters in its address, drawn once."""
    app = AppTest.from_file(SHELL, default_timeout=20)
    for name, value in params.items():
        app.query_params[name] = value
    if language:
        app.session_state["language"] = language
    return app.run()


def given(app: AppTest, piece: str) -> dict[str, Any]:
    """The data of one of our pieces: `header`, `filters`, `orders`."""
    for element in app.get("bidi_component"):
        if element.proto.component_name == f"comptoir_{piece}":
            data: dict[str, Any] = json.loads(element.proto.mixed.json or element.proto.json)
            return data
    raise AssertionError(f"there is no {piece} on this screen: {[type(one).__name__ for one in app.main]}")


def shown_html(app: AppTest) -> str:
    """All HTML of our own on the screen, styles left out."""
    bodies = (element.proto.body for element in app.get("html"))
    return "\n".join(body for body in bodies if not body.startswith("<style"))


def figures(app: AppTest) -> dict[str, dict[str, Any]]:
    """What the figure cards of the screen were given, by their titles."""
    made: dict[str, dict[str, Any]] = {}
    for element in app.get("bidi_component"):
        if element.proto.component_name == "comptoir_figure":
            data: dict[str, Any] = json.loads(element.proto.mixed.json or element.proto.json)
            made[data["title"]] = data
    return made


def charts(app: AppTest) -> list[dict[str, Any]]:
    """The charts of the screen as Plotly takes them."""
    return [json.loads(element.proto.spec) for element in app.get("plotly_chart")]
