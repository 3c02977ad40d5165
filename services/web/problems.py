"""Errors as the API says them: `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from data.errors import QueryRefused
from services.errors import Conflict, Invalid, NotFound, ShopError, Unavailable
from services.language import _

log = logging.getLogger("comptoir")

MEDIA_TYPE = "application/problem+json"
STATUS: dict[type[ShopError], int] = {Invalid: 422, NotFound: 404, Conflict: 409, Unavailable: 503}


class Problem(Response):
    """One error. `errors` are (field, sentence); `more` are further members of the answer."""

    media_type = MEDIA_TYPE

    def __init__(
        self,
        status: int,
        detail: str,
        errors: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
        if errors:
            more["errors"] = [{"field": field, "detail": sentence} for field, sentence in errors]
        super().__init__(json.dumps(content | more, ensure_ascii=False).encode(), status, headers)


def of_shop_error(error: ShopError) -> Problem:
    """What a service refused, in its own sentence."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    if isinstance(error.__cause__, QueryRefused):
        status = 500  # the store is well; what it was asked is our fault
    if status == 500:
        log.error("An answer failed", exc_info=error)
        return server_error()
    if status == 409 and error.fields:  # several orders bear the number: id -> where each comes from
        return Problem(409, error.sentence, orders=[{"id": i, "where": where} for i, where in error.fields.items()])
    headers = {"Retry-After": "5"} if status == 503 else None
    return Problem(status, error.sentence, list(error.fields.items()), headers)


def server_error() -> Problem:
    """A fault of ours; what it was stands in the log and is nobody else's business."""
    return Problem(500, _("Comptoir made a mistake answering this. The log of the server says more."))


def handle_problems(api: FastAPI) -> None:
    """Give every error under `/api` the one form."""
    api.exception_handler(ShopError)(_shop_error)
    api.exception_handler(RequestValidationError)(_invalid_request)
    api.exception_handler(HTTPException)(_http_error)


def _shop_error(_request: Request, error: ShopError) -> Response:
    return of_shop_error(error)


def _invalid_request(_request: Request, error: RequestValidationError) -> Response:
    found = [(_field(fault["loc"]), str(fault["msg"])) for fault in error.errors()]
    return Problem(422, _("The request does not fit: {faults}", faults="; ".join(f"{f}: {s}" for f, s in found)), found)


def _field(place: Sequence[object]) -> str:
    """`lines.0.quantity` of where pydantic found a fault; `body` for the whole of it."""
    return ".".join(str(part) for part in place[1:]) or str(place[0]) if place[0] != "header" else str(place[-1])


def _http_error(request: Request, error: HTTPException) -> Response:
    path = request.url.path
    details = {
        404: _("There is nothing at {path}.", path=path),
        405: _("{path} does not take {method}.", path=path, method=request.method),
        413: _("The body of the request is too large."),
        400: _("The body of the request cannot be read."),
    }
    headers = {"Allow": ", ".join(_methods(request))} if error.status_code == 405 else error.headers
    return Problem(error.status_code, details.get(error.status_code, str(error.detail)), headers=headers)


def _methods(request: Request) -> list[str]:
    """What a path takes, over all routes that have it; the framework names those of the first only."""
    known = [*request.app.state.own_routes, *request.app.routes]
    routes = (route for route in known if route.matches(request.scope)[0] is not Match.NONE)
    return sorted({method for route in routes for method in getattr(route, "methods", None) or ()})
