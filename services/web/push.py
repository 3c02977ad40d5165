"""`GET /push-worker.js`: the script that a browser keeps, to show a push when no page of ours is open."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

SCRIPT = Path(__file__).parent / "assets" / "push-worker.js"


def worker(_request: Request) -> Response:
    """The script, for every page of ours; looked at anew whenever the browser asks, so that a new version is used."""
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    return Response(SCRIPT.read_text(encoding="utf-8"), media_type="text/javascript", headers=headers)
