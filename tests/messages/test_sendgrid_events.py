"""SendGrid's event webhook: its signature, and its events as reports."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.messages.sendgrid_events import SIGNATURE, TIMESTAMP, is_late, is_signed, reports
from services.messages.states import MessageEventKind
from tests.conftest import NOW
from tests.messages.webhook import KEY, PEM, event, signed

VECTORS = json.loads((Path(__file__).parent / "sendgrid" / "event_webhook_vectors.json").read_text())
OURS = "01958d9f-0000-7000-8000-000000000001"


@pytest.mark.parametrize("vector", VECTORS, ids=[one["name"] for one in VECTORS])
def test_a_signature_holds_for_the_very_bytes_and_the_time_it_was_made_for(vector: dict[str, Any]) -> None:
    body = vector["payload"].encode()
    assert is_signed(vector["public_key"], vector["signature"], vector["timestamp"], body) is vector["valid"]


@pytest.mark.parametrize("key", [KEY, PEM, PEM.replace("\n", "\\n"), f"  {KEY[:40]}\n{KEY[40:]} "])
def test_the_key_is_taken_as_sendgrid_shows_it_or_as_a_file_has_it(key: str) -> None:
    body, headers = signed([], NOW)
    assert is_signed(key, headers[SIGNATURE], headers[TIMESTAMP], body)


@pytest.mark.parametrize("key", ["", "no key", "AAAA", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"])
def test_a_key_that_is_none_lets_nobody_in(key: str) -> None:
    body, headers = signed([], NOW)
    assert not is_signed(key, headers[SIGNATURE], headers[TIMESTAMP], body)


@pytest.mark.parametrize(("signature", "timestamp"), [("", ""), ("é", "1"), ("AAAA", "é"), ("not base64", "1")])
def test_a_signature_that_is_none_is_refused(signature: str, timestamp: str) -> None:
    assert not is_signed(KEY, signature, timestamp, b"[]")


def test_an_old_signature_is_told_from_a_fresh_one() -> None:
    _body, headers = signed([], NOW)
    assert not is_late(headers[TIMESTAMP], NOW + timedelta(minutes=9))
    assert is_late(headers[TIMESTAMP], NOW + timedelta(minutes=11))
    assert is_late("yesterday", NOW)


def test_an_event_names_our_message_and_keeps_nothing_of_its_reader() -> None:
    [report], strange = reports(json.dumps([event(OURS, "open", NOW, "e1", url="https://x.example")]).encode(), NOW)
    assert (report.message_id, report.provider_id) == (OURS, f"sg-{OURS}")
    assert (report.kind, report.at, report.event_id) == (MessageEventKind.OPENED, NOW.replace(microsecond=0), "e1")
    assert report.detail == "" and strange == 0
    assert "203.0.113.9" not in repr(report) and "Mail/1.0" not in repr(report)


def test_a_bounce_tells_why_in_one_line() -> None:
    given = event(OURS, "bounce", NOW, reason="550 no\r\nsuch user" + "!" * 600)
    [report], _strange = reports(json.dumps([given]).encode(), NOW)
    assert report.detail.startswith("550 no such user") and len(report.detail) == 500


def test_a_mailbox_that_fetches_everything_proves_delivery_but_no_reader() -> None:
    given = event(OURS, "open", NOW, sg_machine_open=True)
    [report], _strange = reports(json.dumps([given]).encode(), NOW)
    assert report.kind is MessageEventKind.DELIVERED


def test_what_is_odd_in_an_event_costs_only_that_event() -> None:
    odd = [None, 7, {}, {"event": ["open"]}, {"event": "moved"}]
    fine = [
        {"event": "delivered"},
        {"event": "delivered", "timestamp": "soon", "message_id": {"a": 1}, "sg_message_id": 5, "sg_event_id": 1},
        {"event": "delivered", "timestamp": 1e300},
    ]
    found, strange = reports(json.dumps([*odd, *fine]).encode(), NOW)
    assert strange == len(odd)
    assert [one.at for one in found] == [NOW] * 3
    assert {one.message_id for one in found} == {""}
    assert all(one.event_id for one in found)


@pytest.mark.parametrize("body", [b"", b"{}", b"not json", b"\xff\xfe[]", b"[" * 100_000, b'"x"'])
def test_a_body_that_is_no_list_of_events_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(ValueError):
        reports(body, NOW)
