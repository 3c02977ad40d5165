"""The script that a browser keeps for push."""

from __future__ import annotations

from tests.web.conftest import Web


def test_the_script_may_serve_every_page_and_is_always_looked_at_anew(web: Web) -> None:
    answer = web.get("/push-worker.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["service-worker-allowed"] == "/"
    assert answer.headers["cache-control"] == "no-cache"
    assert "showNotification" in answer.text
