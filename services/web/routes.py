"""Every path that is not a page."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from services.web.health import healthz


def routes() -> list[BaseRoute]:
    """Ours, in the order in which they are tried; all other paths are Streamlit's."""
    return [Route("/healthz", healthz)]
