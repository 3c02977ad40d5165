"""What is announced and not built yet says so."""

from __future__ import annotations

import pytest

from tests.web.conftest import Web


@pytest.mark.parametrize(
    ("sender", "setting"),
    [
        ("shopify", "SHOPIFY_WEBHOOK_SECRET"),
        ("woocommerce", "WOOCOMMERCE_WEBHOOK_SECRET"),
        ("ecwid", "ECWID_CLIENT_SECRET"),
        ("sendgrid", "SENDGRID_WEBHOOK_KEY"),
    ],
)
def test_a_webhook_without_its_secret_is_a_503_that_names_it(web: Web, sender: str, setting: str) -> None:
    answer = web.post(f"/webhooks/{sender}", {"id": 1})
    assert answer.status_code == 503
    assert setting in answer.json()["detail"]


def test_an_unknown_sender_is_a_404(web: Web) -> None:
    assert web.post("/webhooks/nobody").status_code == 404


def test_a_download_link_that_is_not_known_is_a_page_for_the_customer(web: Web) -> None:
    answer = web.get("/d/whatever")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "This link does not work" in answer.text
