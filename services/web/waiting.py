"""Doors that are announced and not built yet: webhooks in. They say so."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from services import shop as shops
from services.language import _
from services.settings import KNOWN
from services.web.problems import Problem

SECRETS = {
    "shopify": "shopify_webhook_secret",
    "woocommerce": "woocommerce_webhook_secret",
    "ecwid": "ecwid_client_secret",
    "sendgrid": "sendgrid_webhook_key",
}


async def webhook(request: Request) -> Response:
    """503, so that the sender tries again later: nothing is stored yet, and nothing is said to be."""
    sender = request.path_params["sender"]
    if sender not in SECRETS:
        return Problem(404, _("There is nothing at {path}.", path=request.url.path))
    name = KNOWN[SECRETS[sender]][0]
    if not getattr(shops.current().settings, SECRETS[sender]):
        detail = _("Webhooks of {sender} need the setting {name}, which is not set.", sender=sender, name=name)
        return Problem(503, detail)
    return Problem(503, _("This version of Comptoir does not take webhooks yet."), headers={"Retry-After": "3600"})
