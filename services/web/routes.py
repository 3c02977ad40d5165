"""Every path that is not a page."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount, Route

from services.web.api import make_api, nothing_here
from services.web.health import healthz


def routes() -> list[BaseRoute]:
    """Ours, in the order in which they are tried; all other paths are Streamlit's."""
    return [
        Mount("/api", make_api()),
        Route("/api", nothing_here),
        Route("/healthz", healthz),
    ]
