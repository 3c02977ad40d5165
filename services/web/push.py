"""`GET /push-worker.js`: the script that a browser keeps, to show a push when no page of ours is open; and
`POST /push/renewed`, by which that script tells that the browser has another address now."""

from __future__ import annotations

import json
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from services import shop as shops
from services.errors import ShopError
from services.language import _
from services.messages import push
from services.web.problems import Problem, of_shop_error

LARGEST = 8 * 1024  # bytes
SCRIPT = Path(__file__).parent / "assets" / "push-worker.js"


def worker(_request: Request) -> Response:
    """The script, for every page of ours; looked at anew whenever the browser asks, so that a new version is used."""
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    return Response(SCRIPT.read_text(encoding="utf-8"), media_type="text/javascript", headers=headers)


async def renewed(request: Request) -> Response:
    """204 once the browser is reached at its new address. Whoever knows the old one, which is a secret between the
    browser and us, may change it."""
    raw = b""
    async for part in request.stream():
        raw += part
        if len(raw) > LARGEST:
            return Problem(413, _("The body of the request is too large."))
    try:
        given = json.loads(raw)
        push.renew(shops.current(), str(given["old"]), given["subscription"])
    except (ValueError, TypeError, LookupError, RecursionError):
        return Problem(400, _("The body of the request cannot be read."))
    except ShopError as error:
        return of_shop_error(error)
    return Response(status_code=204)
