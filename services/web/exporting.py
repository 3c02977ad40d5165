"""Files of orders over HTTP: for programs under `/api`, for the screens' buttons under `/export`."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from data.filters import Filter
from services import query
from services import shop as shops
from services.errors import NotFound, ShopError
from services.exports import FORMATS, stream
from services.language import _, use
from services.web.keyed import KeyedRoute
from services.web.parameters import FilterParameters
from services.web.problems import of_shop_error

router = APIRouter(prefix="/v1/orders", tags=["Orders"], route_class=KeyedRoute)


class Rows(StrEnum):
    """What a row of a file is."""

    ORDERS = "orders"
    LINES = "lines"


class ExportParameters(FilterParameters):
    """What a file holds."""

    rows: Rows = Field(Rows.ORDERS, description="One row per order, or one per line.")


Format = Annotated[str, Path(json_schema_extra={"enum": list(FORMATS)})]
FILES: dict[str, dict[str, str]] = {
    "text/csv": {},
    "application/json": {},
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {},
    "application/vnd.apache.parquet": {},
}


@router.get(
    "/export.{format}",
    response_class=Response,
    responses={200: {"content": FILES, "description": "The file."}},
    summary="All orders that match, as a file",
    operation_id="export_orders",
)
def export(format: Format, asked: Annotated[ExportParameters, Query()]) -> Response:
    """Every order that matches, not a page of them, streamed."""
    return _file(asked.filter(), asked.rows, format)


def download(request: Request) -> Response:
    """The same for a button of ours: `/export/orders.csv?q=…&rows=…`."""
    given = request.query_params
    try:
        with use(shops.current().settings.language):
            filter = query.parse(given.get("q", ""))
            return _file(filter, given.get("rows", Rows.ORDERS), request.path_params["format"])
    except ShopError as error:
        return of_shop_error(error)


def _file(filter: Filter, rows: str, format: str) -> Response:
    if format not in FORMATS:
        raise NotFound(
            _("There is no export as {format}. There are: {known}.", format=format, known=", ".join(FORMATS))
        )
    found = stream(shops.current(), filter, rows, format)
    first = next(found.pieces, b"")  # what goes wrong at the start is still an answer of its own
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"', "Cache-Control": "no-store"}
    pieces: Iterator[bytes] = chain((first,), found.pieces)
    return StreamingResponse(pieces, media_type=found.media_type, headers=headers)
