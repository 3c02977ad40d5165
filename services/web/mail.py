"""`GET /mail/{message_id}`: the HTML of a message as its reader sees it, harmless in a frame of ours.

The body holds what customers wrote and what templates make of it: it gets no script, no outside picture, no form and
no origin of its own.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from services import shop as shops
from services.errors import ShopError
from services.language import _
from services.messages import outbox
from services.web.problems import Problem, of_shop_error

POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def mail(request: Request) -> Response:
    """The HTML of a message of the outbox."""
    try:
        message = outbox.message(shops.current(), request.path_params["message_id"])
    except ShopError as error:
        return of_shop_error(error)
    if not message["body_html"]:
        return Problem(404, _("This message has no HTML, only text."))
    return _framed(message["body_html"])


def _framed(html: str) -> Response:
    return HTMLResponse(html, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})
