"""`GET /healthz` and `GET /metrics`, for the operator."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services import clock, health, metrics
from services import shop as shops
from services.errors import ShopError
from services.health import Part, State
from services.shop import Shop
from services.version import VERSION
from services.web.running import RUNNING


def healthz(_request: Request) -> Response:
    """200 once pages, API and worker all serve; 503 with what is missing otherwise. `parts` tells each with a sentence
    where it is not well; what wants attention alone is still a 200."""
    try:
        shop = shops.current()
    except ShopError as error:
        return _unwell(error.sentence, {})
    parts = health.parts(shop, RUNNING.alive(), clock.now())
    for part in (Part.STORE, Part.WORKER):
        if parts[part].light is health.Light.FAILED:
            return _unwell(parts[part].sentence, parts)
    return JSONResponse(
        {"status": "ok", "store": shop.store.home.name, "version": VERSION, "parts": _told(parts)},
        headers={"Cache-Control": "no-store"},
    )


def _unwell(detail: str, parts: dict[Part, State]) -> Response:
    body = {"status": "unavailable", "detail": detail, "version": VERSION, "parts": _told(parts)}
    return JSONResponse(body, 503, {"Retry-After": "5", "Cache-Control": "no-store"})


def _told(parts: dict[Part, State]) -> dict[str, dict[str, str]]:
    return {
        part.value: {"status": state.light.value} | ({"detail": state.sentence} if state.sentence else {})
        for part, state in parts.items()
    }


def metrics_text(_request: Request) -> Response:
    """Prometheus text, version 0.0.4."""
    shop: Shop | None
    try:
        shop = shops.current()
    except ShopError:
        shop = None
    return Response(metrics.text(shop, RUNNING.alive()), headers={"Content-Type": metrics.CONTENT_TYPE})
