"""The edge to SendGrid: what a request is, and what each answer means."""

from __future__ import annotations

import json
import logging
import socket
import threading
from datetime import datetime
from pathlib import Path

import pytest

from services.messages.sendgrid_edge import NotSent, SendGridEdge, mail_request, retry_after
from services.settings import Settings
from tests.conftest import NOW
from tests.messages.invented import mail
from tests.messages.provider import Provider, Step, errors


def send(sendgrid: Provider, row: dict, *, edge: SendGridEdge | None = None) -> str:
    used = edge or SendGridEdge("SG.test", sendgrid.url)
    try:
        return used.send(row, "Chez Élise")
    finally:
        if edge is None:
            used.close()


def not_sent(sendgrid: Provider, row: dict) -> NotSent:
    with pytest.raises(NotSent) as raised:
        send(sendgrid, row)
    return raised.value


def test_a_request_bears_the_mail_and_nothing_else(settings: Settings):
    row = mail(settings, subject="Two\r\nlines")
    assert mail_request(row, "Chez Élise") == {
        "personalizations": [{"to": [{"email": "ines@example.com"}]}],
        "from": {"email": "no-reply@example.com", "name": "Chez Élise"},
        "subject": "Two lines",
        "content": [
            {"type": "text/plain", "value": row["body_text"]},
            {"type": "text/html", "value": row["body_html"]},
        ],
        "custom_args": {"message_id": row["id"]},
    }


def test_a_text_that_looks_like_a_key_is_sent_like_any_other(settings: Settings, sendgrid: Provider):
    row = mail(settings, body_text="My key is SG.abcdefgh.ijklmnop, please keep it.")
    assert send(sendgrid, row) == f"sg-{row['id']}"
    assert sendgrid.taken[0].body["content"][0]["value"] == row["body_text"]


@pytest.mark.parametrize(
    ("status", "is_permanent"),
    [(400, True), (401, True), (413, True), (301, True), (429, False), (500, False), (503, False), (599, False)],
)
def test_only_too_many_requests_and_the_providers_own_faults_are_tried_again(settings, sendgrid, status, is_permanent):
    sendgrid.steps = [Step(status, {"Location": f"{sendgrid.url}/elsewhere"}, errors("first", "second"))]
    error = not_sent(sendgrid, mail(settings))
    assert (error.permanent, error.may_be_taken) == (is_permanent, False)
    assert "first second" in error.reason and str(status) in error.reason
    assert sendgrid.taken == []


@pytest.mark.parametrize(
    "body", [b"", b"<html>Bad gateway</html>", b"[]", b'{"errors": "none"}', b'{"errors":[1]}', b"\xff"]
)
def test_an_answer_without_reasons_is_told_by_its_status(settings: Settings, sendgrid: Provider, body: bytes):
    sendgrid.steps = [Step(502, body=body)]
    assert "502" in not_sent(sendgrid, mail(settings)).reason


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("7", 7),
        ("0", 0),
        ("99999999", 3600),
        ("Sat, 14 Mar 2026 09:27:53 GMT", 60),
        ("Sat, 14 Mar 2020 09:27:53 GMT", 0),
        ("soon", None),
        ("-5", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date_and_bounded(header, seconds):
    assert retry_after(header, NOW) == seconds
    assert isinstance(NOW, datetime)


def test_connections_are_kept_and_one_that_the_provider_forgot_loses_nothing(settings: Settings, sendgrid: Provider):
    edge = SendGridEdge("SG.test", sendgrid.url)
    for _ in range(3):
        send(sendgrid, mail(settings), edge=edge)
    assert sendgrid.connections == 1
    sendgrid.steps = [Step(headers={"Connection": "close"})]
    for _ in range(2):
        send(sendgrid, mail(settings), edge=edge)
    assert (sendgrid.connections, len(sendgrid.taken)) == (2, 5)
    edge.close()


def test_a_kept_connection_that_breaks_at_the_next_request_took_nothing(settings: Settings, sendgrid, monkeypatch):
    monkeypatch.setattr("services.messages.wire.HOLD_BACK", 5.0)  # however slow this machine is just now
    edge = SendGridEdge("SG.test", sendgrid.url)
    send(sendgrid, mail(settings), edge=edge)
    sendgrid.steps = [Step(breaks="before")]
    with pytest.raises(NotSent) as raised:
        send(sendgrid, mail(settings), edge=edge)
    assert not raised.value.may_be_taken
    assert send(sendgrid, mail(settings), edge=edge)
    edge.close()


@pytest.fixture
def strange():
    """A server on 127.0.0.1 that says something else than HTTP to whoever has sent a whole request."""
    listening = socket.create_server(("127.0.0.1", 0))
    said: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                received = b""
                while not received.endswith(b"}}") and not received.startswith(b"\x16"):  # 22: TLS says hello
                    part = connection.recv(65536)
                    if not part:
                        break
                    received += part
                connection.sendall(said[0])

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}", said
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join()


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 202 " + b"x" * 70_000])
def test_an_answer_that_is_none_leaves_it_unsure(settings: Settings, strange, answer: bytes):
    url, said = strange
    said.append(answer)
    with pytest.raises(NotSent) as raised:
        SendGridEdge("SG.test", url).send(mail(settings), "")
    assert raised.value.may_be_taken and not raised.value.permanent


def test_a_status_whose_body_breaks_off_still_counts(settings: Settings, strange):
    url, said = strange
    said.append(b"HTTP/1.1 202 Accepted\r\nX-Message-Id: abc\r\nContent-Length: 99\r\n\r\nhalf")
    assert SendGridEdge("SG.test", url).send(mail(settings), "") == "abc"


def test_a_server_that_speaks_no_tls_took_nothing(settings: Settings, strange):
    url, said = strange
    said.append(b"no TLS here")
    with pytest.raises(NotSent) as raised:
        SendGridEdge("SG.test", url.replace("http:", "https:")).send(mail(settings), "")
    assert not raised.value.may_be_taken and not raised.value.permanent


def test_a_key_that_cannot_be_a_header_raises_our_error_only(settings: Settings, sendgrid: Provider):
    with pytest.raises(NotSent) as raised:
        SendGridEdge("SG.\n", sendgrid.url).send(mail(settings), "")
    assert not raised.value.may_be_taken


def test_a_slow_provider_is_waited_for_no_longer_than_our_bound(settings: Settings, sendgrid: Provider, monkeypatch):
    monkeypatch.setattr("services.messages.wire.ANSWER_WITHIN", 0.2)
    sendgrid.steps = [Step(wait=1.0)]
    assert not_sent(sendgrid, mail(settings)).may_be_taken


def test_neither_the_key_nor_the_mail_is_logged(settings: Settings, sendgrid: Provider, caplog):
    with caplog.at_level(logging.DEBUG):
        send(sendgrid, mail(settings))
    assert "SG.test" not in caplog.text and "ines@" not in caplog.text


@pytest.mark.samples
def test_a_request_fits_sendgrids_own_description(settings: Settings, sendgrid: Provider):
    file = Path(__file__).parents[3] / "shared" / "real" / "sendgrid" / "tsg_mail_v3.patched.json"
    if not file.is_file():
        pytest.skip("the folder of samples is not beside the project")
    from openapi_core import OpenAPI
    from openapi_core.testing import MockRequest

    description = OpenAPI.from_dict(json.loads(file.read_text(encoding="utf-8")))
    row = mail(settings)
    send(sendgrid, row)

    def judge(body: dict) -> None:
        description.validate_request(
            MockRequest(
                "https://api.sendgrid.com",
                "post",
                "/v3/mail/send",
                headers={"Authorization": "Bearer SG.test"},
                data=json.dumps(body).encode(),
            )
        )

    judge(sendgrid.taken[0].body)
    with pytest.raises(Exception, match=r"."):
        judge({**sendgrid.taken[0].body, "content": []})
