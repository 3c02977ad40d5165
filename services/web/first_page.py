"""The one HTML file that Streamlit serves for every page, with the shop's language and name in it.

The file says `lang="en"` and `Streamlit` for all; a screen reader would read French with an English voice, and a tab
would show the wrong name until the page has drawn.
"""

from __future__ import annotations

import asyncio
from html import escape

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services import shop as shops
from services.errors import ShopError, store_errors

LARGEST = 1_000_000  # bytes; the file has 12 kB


class FirstPage:
    """Rewrite the HTML that is not to be cached; everything else passes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(("/static/", "/api")):
            return await self.app(scope, receive, send)
        held: list[Message] = []  # the start of an answer that will be rewritten

        async def rewriting(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_first_page(Headers(raw=message["headers"])):
                held.append(message)
            elif held and message["type"] == "http.response.body":
                held.append(message)
                if message.get("more_body"):
                    return
                body = await asyncio.to_thread(rewritten, b"".join(part.get("body", b"") for part in held[1:]))
                headers = MutableHeaders(scope=held[0])
                headers["content-length"] = str(len(body))
                for stale in ("etag", "last-modified"):
                    del headers[stale]
                await send(held[0])
                await send({"type": "http.response.body", "body": body})
            else:
                await send(message)

        return await self.app(scope, receive, rewriting)


def rewritten(body: bytes) -> bytes:
    """The file in the shop's language and under its name; as it was while the store cannot be asked."""
    try:
        with store_errors():
            profile = shops.current().profile()
    except ShopError:
        return body
    return body.replace(b'<html lang="en">', f'<html lang="{profile.language}">'.encode(), 1).replace(
        b"<title>Streamlit</title>", f"<title>{escape(profile.shop_name)}</title>".encode(), 1
    )


def _is_first_page(headers: Headers) -> bool:
    return (
        headers.get("content-type", "").startswith("text/html")
        and headers.get("cache-control", "").startswith("no-cache")
        and int(headers.get("content-length", "0")) <= LARGEST
    )
