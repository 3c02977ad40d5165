"""The stand-in for SendGrid is no easier than SendGrid."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.messages.judging import faults

HEADERS = {"Content-Type": "application/json", "Authorization": "Bearer SG.x"}
GOOD: dict[str, Any] = {
    "personalizations": [{"to": [{"email": "ines@example.com"}]}],
    "from": {"email": "no-reply@example.com", "name": "Chez Élise"},
    "subject": "Votre commande",
    "content": [{"type": "text/plain", "value": "a"}, {"type": "text/html", "value": "<p>a</p>"}],
    "custom_args": {"message_id": "01958d9f-0000-7000-8000-000000000001"},
}


def test_a_request_as_it_should_be_has_no_fault() -> None:
    assert faults("/v3/mail/send", HEADERS, GOOD) == []


@pytest.mark.parametrize(
    "change",
    [
        {"personalizations": []},
        {"personalizations": [{"to": []}]},
        {"personalizations": [{"to": [{"email": "no at sign"}]}]},
        {"personalizations": [{"to": [{"email": "a@example.com"}, {"email": "b@example.com"}]}]},
        {"from": {"name": "nobody"}},
        {"from": None},
        {"subject": ""},
        {"subject": None},
        {"subject": "two\r\nlines"},
        {"content": []},
        {"content": [{"type": "text/plain", "value": ""}]},
        {"content": [{"type": "text/html", "value": "<p>a</p>"}]},
        {"custom_args": {"message_id": 7}},
        {"custom_args": {}},
    ],
)
def test_what_sendgrid_refuses_or_we_do_not_promise_is_a_fault(change: dict[str, Any]) -> None:
    body = {name: value for name, value in (deepcopy(GOOD) | change).items() if value is not None}
    assert faults("/v3/mail/send", HEADERS, body)


@pytest.mark.parametrize(("path", "headers"), [("/v3/mail", HEADERS), ("/v3/mail/send", {}), ("", HEADERS)])
def test_a_request_to_elsewhere_or_without_a_key_is_a_fault(path: str, headers: dict[str, str]) -> None:
    assert faults(path, headers, GOOD)
