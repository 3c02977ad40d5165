"""`POST /webhooks/sendgrid`: kept first, then answered; what it says is done afterwards by another thread."""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from services import clock
from services import shop as shops
from services.errors import ShopError
from services.inbox.letters import Came, Source, Verdict, row
from services.language import _
from services.messages import sendgrid_events
from services.settings import KNOWN
from services.web.keeping import Keeper
from services.web.problems import Problem, of_shop_error
from services.web.running import RUNNING

LARGEST = 20_000_000  # bytes; ten thousand events have a quarter of it

_keeper = Keeper()


async def sendgrid(request: Request) -> Response:
    """200 once the events are kept, 401 when the signature does not hold (kept too, marked refused)."""
    shop = shops.current()
    key = shop.settings.sendgrid_webhook_key
    if not key:
        name = KNOWN["sendgrid_webhook_key"][0]
        detail = _("Webhooks of {sender} need the setting {name}, which is not set.", sender="sendgrid", name=name)
        return Problem(503, detail)
    body = await _body(request)
    if body is None:
        return Problem(413, _("The body of the request is too large."))
    now = clock.now()
    timestamp = request.headers.get(sendgrid_events.TIMESTAMP, "")
    verdict = Verdict.BAD
    if sendgrid_events.is_signed(key, request.headers.get(sendgrid_events.SIGNATURE, ""), timestamp, body):
        verdict = Verdict.LATE if sendgrid_events.is_late(timestamp, now) else Verdict.VALID
    came = Came(Source.SENDGRID, body, verdict, now, told={"timestamp": timestamp[:40]})
    return await _kept(came)


async def _kept(came: Came) -> Response:
    """The answer to a webhook, after it was committed."""
    try:
        await _keeper.keep(shops.current(), row(came))
    except ShopError as error:
        return of_shop_error(error)
    if not came.verdict.is_trusted:
        return Problem(401, _("The signature of this webhook does not fit its content and our key."))
    if RUNNING.digester:
        RUNNING.digester.wake()
    return Response(status_code=200)


async def _body(request: Request) -> bytes | None:
    """The body as it was sent, None when it is too large."""
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > LARGEST:
                return None
            parts.append(part)
    except ClientDisconnect:
        return None
    return b"".join(parts)
