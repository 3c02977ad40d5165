"""A message's HTML, harmless in a frame."""

from __future__ import annotations

from services.web.mail import POLICY
from tests.web.conftest import Web
from tests.web.test_actions import BODY


def test_a_mail_is_shown_without_script_origin_or_outside_picture(web: Web) -> None:
    order = web.post("/api/v1/orders", BODY | {"name": "<script>alert(1)</script>"}).json()
    mail = next(message for message in order["messages"] if message["template"] == "order_confirmation")
    answer = web.get(f"/mail/{mail['id']}", headers={"Authorization": ""})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == POLICY
    assert POLICY == "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert "Tasse bleue" in answer.text
    assert "<script>alert" not in answer.text


def test_a_mail_that_is_not_there_is_a_404(web: Web) -> None:
    for asked in ("nope", "00000000-0000-0000-0000-000000000000"):
        assert web.get(f"/mail/{asked}").status_code == 404
