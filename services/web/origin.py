"""Who may speak to this process: this machine only, under its own names, and browsers only from our own pages."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from services import shop as shops
from services.language import _

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# Paths that guard themselves (by a key, a signature, a token) or tell nothing: programs call them by any name.
OPEN = ("/api", "/webhooks/", "/d/", "/healthz", "/metrics", "/command/")
# Paths that hand out what a person may see, and that no other site may link or load.
PRIVATE = ("/export/", "/mail/", "/paper/")


def is_local(address: str) -> bool:
    """Whether a server address is this machine and no other."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


class OwnPagesOnly:
    """Refuse what no page of ours would send.

    A name that is not ours means that another site's name was pointed at this machine, to read it through a visitor's
    browser. Streamlit itself would take a websocket from any port of this machine, and asks an outside service about
    a foreign one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or _is_ours(scope):
            return await self.app(scope, receive, send)
        if scope["type"] == "websocket":
            await receive()
            return await send({"type": "websocket.close", "code": 4403})
        answer = PlainTextResponse(_("Comptoir answers its own pages on this machine only."), 403)
        return await answer(scope, receive, send)


def _is_ours(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    path: str = scope["path"]
    if not _came_in_locally(scope):
        return False
    if path.startswith(OPEN):
        return True
    host = headers.get("host", "")
    if not _is_our_name(host):
        return False
    origin = headers.get("origin")
    is_foreign = origin is not None and urlsplit(origin).netloc != host
    if scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS:
        return not is_foreign
    return not (path.startswith(PRIVATE) and headers.get("sec-fetch-site", "none") not in ("same-origin", "none"))


def _is_our_name(host: str) -> bool:
    name = urlsplit(f"//{host}").hostname or ""
    return is_local(name) or name == urlsplit(shops.current().settings.public_url).hostname


def _came_in_locally(scope: Scope) -> bool:
    """By the address of the socket it came in on, which a client cannot make up; unknown for a test's client."""
    server = scope.get("server")
    if not server or server[1] is None:
        return True
    try:
        return ipaddress.ip_address(server[0]).is_loopback
    except ValueError:
        return True
