"""`/api/v1/docs`: the API to read and to try, with a script and style of our own house, so that no network is needed.

The files in `assets/swagger-ui` are those of swagger-ui-dist 5.35.0 (Apache License 2.0, see the folder).
"""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

ASSETS = Path(__file__).parent / "assets" / "swagger-ui"

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Comptoir: API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{root}/v1/docs-assets/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="{root}/v1/docs-assets/swagger-ui-bundle.js"></script>
<script>
SwaggerUIBundle({{
  url: "{root}/v1/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null
}})
</script>
</body>
</html>
"""


def add_to(api: FastAPI) -> None:
    """Put the page and its files into the API."""
    api.add_route("/v1/docs", _page, include_in_schema=False)
    api.router.routes.append(Mount("/v1/docs-assets", StaticFiles(directory=ASSETS)))


async def _page(request: Request) -> Response:
    return HTMLResponse(PAGE.format(root=request.scope.get("root_path", "")))
