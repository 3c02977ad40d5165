"""`GET /d/{token}`: a customer's downloads. A page that says what there is and when it is over, and the files."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from services import clock, language
from services import shop as shops
from services.errors import ShopError
from services.goods import downloading
from services.goods.downloading import Offer, Opened, Over, Refused, Source
from services.goods.ranges import Unsatisfiable, Wanted, wanted
from services.language import _, n_, use
from services.messages.about import shown_size
from services.web.problems import of_shop_error
from services.web.streamed_file import StreamedFile, headers_of

log = logging.getLogger("comptoir")

LONGEST_TOKEN = 200  # characters
STATUS = {Over.UNKNOWN: 404, Over.MISSING: 503, Over.AWAY: 503, Over.BUSY: 429}
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
}

_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_pages.globals["_"] = _
_pages.globals["n_"] = n_


async def page(request: Request) -> Response:
    """What the link opens. A part of a page makes no sense: who asks for a part means the one file that is there."""
    token = request.path_params["token"]
    try:
        link = await asyncio.to_thread(_opened, token)
    except Refused:
        return _unknown()
    except ShopError as error:
        return of_shop_error(error)
    if "range" in request.headers and len(link.offers) == 1:
        return await _file(request, token, link.offers[0].id)
    return HTMLResponse(_drawn(link, token), 410 if link.is_over else 200, _HEADERS)


async def file(request: Request) -> Response:
    """One of its files."""
    return await _file(request, request.path_params["token"], request.path_params["file_id"])


async def _file(request: Request, token: str, file_id: str) -> Response:
    shop = shops.current()
    try:
        link = await asyncio.to_thread(_opened, token)
        try:
            of = await asyncio.to_thread(downloading.source, link.offer(file_id))
        except Refused as refusal:
            if refusal.why is not Over.USED_UP:
                raise
            of = await asyncio.to_thread(_tail, link.offer(file_id))
        asks = request.headers.get("range", "")
        if request.headers.get("if-range", of.etag) != of.etag:
            asks = ""
        want = wanted(asks, of.size)
        if request.method == "HEAD":
            if link.offer(file_id).over:
                raise Refused(Over.USED_UP)
            return Response(status_code=206 if want.is_part else 200, headers=headers_of(of, want))
        download_id = await asyncio.to_thread(downloading.begin, shop, token, file_id, of, want, clock.now())
        try:
            stream = await asyncio.to_thread(of.opened, want)
        except Refused:
            await asyncio.to_thread(_say, download_id, want, 0, True)
            raise
    except Unsatisfiable:
        return Response(status_code=416, headers={**_HEADERS, "Content-Range": f"bytes */{of.size}"})
    except Refused as refusal:
        return await _refused(request, token, refusal.why)
    except ShopError as error:
        return of_shop_error(error)

    async def tell(count: int, is_over: bool) -> None:
        await asyncio.to_thread(_say, download_id, want, count, is_over)

    return StreamedFile(of, want, stream, tell)


def _opened(token: str) -> Opened:
    if len(token) > LONGEST_TOKEN:
        raise Refused(Over.UNKNOWN)
    return downloading.opened(shops.current(), token, clock.now())


def _tail(offer: Offer) -> Source:
    """The file once more for who lost the end of the last download; whether that is so is asked when it begins."""
    return downloading.source(replace(offer, over=None))


def _say(download_id: str, want: Wanted, count: int, is_over: bool) -> None:
    """Keep how far it came; a store that fails just now must not break the download."""
    try:
        downloading.delivered(shops.current(), download_id, want, count, clock.now(), is_over=is_over)
    except ShopError as error:
        log.warning("A download could not be counted: %s", type(error).__name__)


async def _refused(request: Request, token: str, why: Over) -> Response:
    status = STATUS.get(why, 410)
    headers = _HEADERS | ({"Retry-After": "120"} if status in (429, 503) else {})
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    try:
        link = await asyncio.to_thread(_opened, token)
        return HTMLResponse(_drawn(link, token, why), status, headers)
    except Refused:
        return _unknown()
    except ShopError as error:
        return of_shop_error(error)


def _unknown() -> Response:
    speak = language.known(shops.current().settings.language)
    with use(speak):
        drawn = _pages.get_template("no_download.html.j2").render(lang=speak)
    return HTMLResponse(drawn, 404, _HEADERS)


def _drawn(link: Opened, token: str, why: Over | None = None) -> str:
    speak = language.known(link.language)
    with use(speak):
        return _pages.get_template("downloads.html.j2").render(
            lang=speak,
            shop=link.shop_name,
            contact=link.contact,
            number="#" + link.number.lstrip("#"),
            said=_sentence(why) if why in (Over.BUSY, Over.MISSING, Over.AWAY) else "",
            is_over=link.is_over,
            files=[_shown(offer, link, token) for offer in link.offers],
        )


def _shown(offer: Offer, link: Opened, token: str) -> dict[str, str]:
    until = language.moment(offer.until, link.zone)
    return {
        "name": offer.name,
        "size": shown_size(offer.size),
        "left": "" if offer.over else n_("{count} download left", "{count} downloads left", offer.left),
        "until": "" if offer.over else _("until {moment}", moment=until),
        "over": _sentence(offer.over, until) if offer.over else "",
        "href": "" if offer.over else f"/d/{token}/{offer.id}",
    }


def _sentence(why: Over | None, until: str = "") -> str:
    return {
        Over.WITHDRAWN: _("The shop has withdrawn this link."),
        Over.EXPIRED: _("This link was open until {moment}.", moment=until),
        Over.USED_UP: _("All downloads of this link have been used."),
        Over.BUSY: _("Another download of this file is under way, and it is the last one. Try again in two minutes."),
        Over.MISSING: _("This file cannot be fetched just now. The shop sees that it is missing. Try again later."),
        Over.AWAY: _("This file cannot be fetched just now: its storage does not answer. Try again in two minutes."),
    }.get(why or Over.UNKNOWN, "")
