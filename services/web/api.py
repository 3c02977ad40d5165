"""The HTTP API: `/api/v1`, mounted beside the pages. Thin routes over the same services as the screens."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services import language
from services import shop as shops
from services.version import VERSION
from services.web import actions, analytics, bulk, docs, exporting, gift_cards, orders, papers
from services.web.described import described
from services.web.problems import Problem, handle_problems, server_error

log = logging.getLogger("comptoir")

# The first that fits answers: `export.csv` before an order of that number.
ROUTERS = (
    exporting.router,
    orders.router,
    actions.router,
    analytics.router,
    papers.router,
    gift_cards.router,
    bulk.router,
)
LARGEST_BODY = 2_000_000  # bytes; an order of a thousand lines has a tenth of it


class Answers:
    """Around the API: speak the caller's language, read no more of a body than fits, and give even a fault of ours the
    form of the others."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_begun = False
        size = 0

        async def watched(message: Message) -> None:
            nonlocal is_begun
            is_begun = True
            await send(message)

        async def bounded() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > LARGEST_BODY:
                raise HTTPException(413)
            return message

        language.set_language(_wanted(scope))
        try:
            await self.app(scope, bounded, watched)
        except Exception:
            log.exception("An answer of the API failed")
            if is_begun:
                raise
            await server_error()(scope, receive, send)


def make_api() -> FastAPI:
    """The API as one ASGI app."""
    api = FastAPI(
        title="Comptoir",
        version=VERSION,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[Middleware(Answers)],
    )
    handle_problems(api)
    for router in ROUTERS:
        api.include_router(router)
    api.state.own_routes = [route for router in ROUTERS for route in router.routes]
    docs.add_to(api)
    api.openapi = lambda: described(api)  # type: ignore[method-assign]
    return api


async def nothing_here(request: Request) -> Any:
    """The bare `/api`, which a mount does not see."""
    return Problem(404, language._("There is nothing at {path}.", path=request.url.path))


def _wanted(scope: Scope) -> str:
    """The caller's first language; without one, the shop's."""
    for name, value in scope["headers"]:
        if name == b"accept-language" and value[:2].isalpha():
            return str(value[:2].decode("latin-1"))
    return shops.current().settings.language
