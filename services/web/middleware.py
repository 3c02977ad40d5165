"""What every request passes, from outside in."""

from __future__ import annotations

import asyncio

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.web.first_page import FirstPage
from services.web.observed import Observed
from services.web.origin import OwnPagesOnly

# Compressed already, or asked for by programs on this machine, where packing only costs time.
NOT_PACKED = (
    *DEFAULT_EXCLUDED_CONTENT_TYPES,
    "application/json",
    "application/vnd.apache.parquet",
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)

# Streamlit needs inline style, inline script and eval; but nothing that a page shows may come from elsewhere.
PAGE_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "frame-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "frame-ancestors 'self'",
    )
)


class SafeHeaders:
    """Add the headers that tell a browser to trust nothing but us; what an answer sets itself is kept."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("X-Frame-Options", "SAMEORIGIN")
                headers.setdefault("Referrer-Policy", "same-origin")
                if headers.get("content-type", "").startswith("text/html"):
                    headers.setdefault("Content-Security-Policy", PAGE_POLICY)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class CutQuietly:
    """End a request that the server cuts at its own end, such as a slow download, without a traceback in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        except asyncio.CancelledError:
            if scope["type"] == "lifespan":
                raise


class Packed(GZipMiddleware):
    """Pack answers, but never a customer's file: its bytes are counted, and asked for by their place."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_file = scope["type"] == "http" and scope["path"].startswith("/d/")
        await (self.app if is_file else super().__call__)(scope, receive, send)


def middleware() -> list[Middleware]:
    """The first sees a request first, and its answer last."""
    return [
        Middleware(Observed),
        Middleware(CutQuietly),
        Middleware(OwnPagesOnly),
        Middleware(SafeHeaders),
        Middleware(Packed, minimum_size=1000, compresslevel=6, exclude_content_types=NOT_PACKED),
        Middleware(FirstPage),
    ]
