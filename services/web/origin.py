"""Who may speak to this process: this machine only, and browsers only from our own pages."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from services.language import _

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def is_local(address: str) -> bool:
    """Whether a server address is this machine and no other."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def is_own(headers: Headers) -> bool:
    """Whether a browser's request comes from a page of ours; programs, which send no origin, are let through."""
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")


class OwnPagesOnly:
    """Refuse other sites' websockets and posts, and requests that came in on a public address.

    Streamlit would take a websocket from any port of this machine, and asks an outside service about a foreign one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        foreign = not is_own(headers) and (scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS)
        if not foreign and _came_in_locally(scope):
            return await self.app(scope, receive, send)
        if scope["type"] == "websocket":
            await receive()
            return await send({"type": "websocket.close", "code": 4403})
        answer = PlainTextResponse(_("Comptoir answers its own pages on this machine only."), 403)
        return await answer(scope, receive, send)


def _came_in_locally(scope: Scope) -> bool:
    """By the address of the socket it came in on, which a client cannot make up; unknown for a test's client."""
    server = scope.get("server")
    if not server or server[1] is None:
        return True
    try:
        return ipaddress.ip_address(server[0]).is_loopback
    except ValueError:
        return True
