"""`POST /upload/digital?product=…&name=…&replace=…`: a file of a product, streamed from our own Settings page to the
disk."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from services import people
from services import shop as shops
from services.errors import ShopError
from services.goods.stock import Upload
from services.language import _, known, use
from services.web.problems import Problem, of_shop_error

OURS = "x-comptoir-upload"
"""A header that only a page of ours can send: a form of another site cannot."""
AT_ONCE = 1024 * 1024  # bytes that are gathered before they are written


async def digital(request: Request) -> Response:
    """Keep the body as a file; its id."""
    if OURS not in request.headers:
        return Problem(403, _("Files are uploaded in Settings."))
    given = request.query_params
    shop = shops.current()
    length = request.headers.get("content-length", "")
    with use(known(given.get("language", ""))):
        try:
            size = int(length) if length.isdigit() and len(length) < 16 else None
            upload = await asyncio.to_thread(Upload, shop, given.get("product", ""), given.get("name", ""), size)
        except ShopError as error:
            return of_shop_error(error)
        try:
            held = bytearray()
            async for piece in request.stream():
                held += piece
                if len(held) >= AT_ONCE:
                    await asyncio.to_thread(upload.write, bytes(held))
                    held.clear()
            await asyncio.to_thread(upload.write, bytes(held))
            if size is not None and upload.size != size:
                return Problem(400, _("The file broke off on its way."))
            file_id = await asyncio.to_thread(upload.keep, people.MERCHANT, given.get("replace", ""))
            return JSONResponse({"id": file_id, "name": upload.name, "size": upload.size}, 201)
        except ClientDisconnect:
            return Response(status_code=400)
        except ShopError as error:
            return of_shop_error(error)
        finally:
            await asyncio.to_thread(upload.leave)
