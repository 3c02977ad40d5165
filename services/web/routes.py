"""Every path that is not a page."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount, Route

from services.web import mail, waiting
from services.web.api import make_api, nothing_here
from services.web.health import healthz, metrics


def routes() -> list[BaseRoute]:
    """Ours, in the order in which they are tried; all other paths are Streamlit's."""
    return [
        Mount("/api", make_api()),
        Route("/api", nothing_here, methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
        Route("/healthz", healthz),
        Route("/metrics", metrics),
        Route("/mail/draft/{token}", mail.draft),
        Route("/mail/{message_id}", mail.mail),
        Route("/webhooks/{sender}", waiting.webhook, methods=["POST"]),
        Route("/d/{token}", waiting.download),
    ]
