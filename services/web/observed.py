"""Around every request: an id that its lines bear and its answer gives back, its time, and one line in the log."""

from __future__ import annotations

import logging
import re
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services import logs
from services.metrics import REQUEST_SECONDS, REQUESTS, SESSIONS

HEADER = "X-Request-ID"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# Asked for every few seconds by programs, or a dozen at a time by one page: counted, but told only when they fail.
QUIET = ("/healthz", "/metrics", "/_stcore", "/static", "/media", "/component", "/app/static")


class Observed:
    """The outermost of all: what it measures is what the caller waited for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            with SESSIONS.track_inprogress():
                return await self.app(scope, receive, send)
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request_id = logs.new_id(Headers(scope=scope).get(HEADER, ""))
        began, status = time.perf_counter(), 500

        async def answered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        with logs.about(request_id):
            try:
                await self.app(scope, receive, answered)
            finally:
                _note(scope, status, time.perf_counter() - began)


def _note(scope: Scope, status: int, seconds: float) -> None:
    route = template(scope)
    method = scope["method"] if scope["method"] in METHODS else "other"
    REQUESTS.labels(method, route, str(status)).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)
    if status >= 500 or not (route == OTHERS or route.startswith(QUIET)):
        level = logging.ERROR if status >= 500 and route != "/healthz" else logging.INFO
        logs.event("request", level, method=method, route=route, status=status, ms=round(seconds * 1000, 1))


_CONVERTER = re.compile(r":[a-z]+\}")
OTHERS = "pages"  # the first load of a screen, and whatever else Streamlit answers with it


def template(scope: Scope) -> str:
    """The route that answered, by its template; never the path, which may hold what a person typed."""
    route: BaseRoute | None = scope.get("route")
    path = str(getattr(route, "path", "") or "")
    if isinstance(route, Mount) or not path or path == "/{path:path}":
        return f"{path}/…" if path.startswith("/") and path != "/{path:path}" else OTHERS
    root = str(scope.get("root_path", ""))
    return _CONVERTER.sub("}", path if path.startswith(root) else f"{root}{path}")
