"""A file as an answer, whole or in part: streamed from where it lies, told how far it came."""

from __future__ import annotations

import asyncio
import logging
import mimetypes
import time
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from services.goods.downloading import Source
from services.goods.lying import Away, Stream
from services.goods.ranges import Wanted

log = logging.getLogger("comptoir")

CHUNK = 256 * 1024  # bytes read and sent at once
SAY_EVERY = 30.0  # seconds between two words that it is still under way

# Types that a browser would run rather than keep are sent as plain bytes.
_ACTIVE = ("text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml", "text/javascript")

Tell = Callable[[int, bool], Awaitable[None]]
"""Told how many bytes of the answer were delivered, and whether it is over."""


def headers_of(of: Source, want: Wanted) -> dict[str, str]:
    """Headers of an answer that holds these bytes."""
    told = {
        "Content-Type": media_type(of.name),
        "Content-Length": str(want.count),
        "Content-Disposition": disposition(of.name),
        "Accept-Ranges": "bytes",
        "ETag": of.etag,
        "Cache-Control": "private, no-cache, no-transform",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    if want.is_part:
        told["Content-Range"] = f"bytes {want.first}-{want.last}/{of.size}"
    return told


def media_type(name: str) -> str:
    """What the file is, by its name; plain bytes where that is not known, or where a browser would run it."""
    guessed, encoding = mimetypes.guess_type(name, strict=False)
    if guessed is None or encoding or guessed in _ACTIVE:
        return "application/octet-stream"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed


def disposition(name: str) -> str:
    """`Content-Disposition` for a name in any script (RFC 6266): plain letters for old programs, the name itself for
    all others."""
    plain = "".join(sign if sign.isascii() and sign.isprintable() and sign not in '"\\%;' else "_" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


class StreamedFile(Response):
    """The answer. `tell` hears how many of its bytes were delivered now and then, and at the end, however it ends."""

    def __init__(self, of: Source, want: Wanted, stream: Stream, tell: Tell) -> None:
        self.status_code = 206 if want.is_part else 200
        self.background = None
        self.init_headers(headers_of(of, want))
        self._want, self._stream, self._tell = want, stream, tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        gone = asyncio.ensure_future(_until_gone(receive))
        count = 0
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            said_at = time.monotonic()
            while count < self._want.count and not gone.done():
                piece = await asyncio.to_thread(self._read, min(CHUNK, self._want.count - count))
                if not piece:
                    break  # it became shorter meanwhile, or is out of reach: the other side sees that bytes are missing
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                if gone.done():
                    break
                count += len(piece)
                if time.monotonic() - said_at > SAY_EVERY:
                    said_at = time.monotonic()
                    await self._tell(count, False)
            if count == self._want.count and not gone.done():
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()
            self._stream.close()
            # also when the server cuts it: what was delivered by then is kept
            await asyncio.shield(self._tell(count, True))

    def _read(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except (OSError, Away) as error:
            log.warning("A download broke off: %s", error)
            return b""


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
