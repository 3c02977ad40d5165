"""Everything that is not a page, over HTTP without a socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from services.shop import Shop
from services.web.middleware import middleware
from services.web.routes import routes

KEY = {"Authorization": "Bearer test-key"}


class Web:
    """A client that bears the key; errors of ours come as answers, not as exceptions."""

    def __init__(self) -> None:
        self.app = Starlette(routes=routes(), middleware=middleware())
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8501", headers=KEY)
        self._runner = asyncio.Runner()

    def request(self, method: str, path: str, **told: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **told))

    def get(self, path: str, **told: Any) -> httpx.Response:
        return self.request("GET", path, **told)

    def post(self, path: str, body: Any = None, **told: Any) -> httpx.Response:
        content = b"" if body is None else json.dumps(body).encode()
        return self.request("POST", path, content=content, **told)

    def close(self) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()


@pytest.fixture
def web(shop: Shop) -> Iterator[Web]:
    """A client of the fresh shop."""
    client = Web()
    yield client
    client.close()
