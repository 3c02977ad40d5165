"""Answers of the SQL workbench as files, for the buttons of its screen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from services import shop as shops
from services.errors import ShopError
from services.language import use
from services.web.problems import of_shop_error
from services.workbench import files


def download(request: Request) -> Response:
    """`/export/sql/{id}.csv`: the answer of a question that was asked, asked anew and streamed."""
    shop = shops.current()
    asked = request.path_params
    try:
        with use(shop.profile().language):
            found = files.stream(shop, asked["asked_id"], asked["format"])
            first = next(found.pieces, b"")  # what goes wrong at the start is still an answer of its own
    except ShopError as error:
        return of_shop_error(error)
    pieces: Iterator[bytes] = chain((first,), found.pieces)
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces, media_type=found.media_type, headers=headers)
