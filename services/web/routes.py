"""Every path that is not a page."""

from __future__ import annotations

import re

from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from services.web import commands, downloads, exporting, mail, papers, push, uploads, waiting, webhooks, workbench
from services.web.api import make_api, nothing_here
from services.web.health import healthz, metrics_text


class _Whole(Mount):
    """A mount that also takes paths with line breaks in them: an unknown one is still the API's to answer."""

    def __init__(self, path: str, app: ASGIApp) -> None:
        super().__init__(path, app)
        self.path_regex = re.compile(self.path_regex.pattern, re.DOTALL)


def routes() -> list[BaseRoute]:
    """Ours, in the order in which they are tried; all other paths are Streamlit's."""
    return [
        _Whole("/api", make_api()),
        Route("/api", nothing_here, methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
        Route("/healthz", healthz),
        Route("/metrics", metrics_text),
        Route("/export/orders.{format}", exporting.download),
        Route("/export/sql/{asked_id}.{format}", workbench.download),
        Route("/command/{name}", commands.answer),
        Route("/mail/{message_id}", mail.mail),
        Route("/paper/{paper}.pdf", papers.show),
        Route("/push-worker.js", push.worker),
        Route("/push/renewed", push.renewed, methods=["POST"]),
        Route("/webhooks/sendgrid", webhooks.sendgrid, methods=["POST"]),
        Route("/webhooks/{sender}", waiting.webhook, methods=["POST"]),
        Route("/upload/digital", uploads.digital, methods=["POST"]),
        Route("/d/{token}", downloads.page),
        Route("/d/{token}/{file_id}", downloads.file),
    ]
