"""SendGrid, reached through its official library: the one file that knows it. One message, one request."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import python_http_client
from sendgrid import SendGridAPIClient

from services import clock
from services.language import _
from services.messages.wire import Answer, Broken, Wire
from services.messages.wording import line, shortened

LONGEST_WAIT = 3600.0  # seconds that a provider may put us off for
LONGEST_REASON, LONGEST_ID = 500, 200  # characters
NOT_IN_AN_ADDRESS = set(' ,;:<>()[]\\"')

# the library's debug lines carry the key and the whole mail
logging.getLogger("python_http_client").setLevel(logging.INFO)


class NotSent(Exception):
    """The mail was not taken, or nobody knows. `permanent` alone decides whether to try again: after `retry_after`
    seconds when the provider says so. `may_be_taken`: no answer came, so that only a person can decide.
    `is_busy`: the provider asks for fewer mails."""

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        may_be_taken: bool = False,
        retry_after: float | None = None,
        is_busy: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.may_be_taken = may_be_taken
        self.retry_after = retry_after
        self.is_busy = is_busy


class SendGridEdge:
    """A way to SendGrid over one kept connection; for one thread at a time."""

    def __init__(self, api_key: str, url: str) -> None:
        self._wire = Wire()
        self._api = SendGridAPIClient(api_key=api_key, host=url)
        self._api.client = _Client(
            host=url, request_headers=dict(self._api._default_headers), version=3, wire=self._wire
        )

    def send(self, message: Mapping[str, Any], sender_name: str) -> str:
        """Hand one row of the outbox over; the provider's id for it. Raises `NotSent`."""
        request = mail_request(message, sender_name)
        try:
            response = self._api.send(request)
        except Broken as error:
            words = (
                _("No answer from the mail service") if error.may_be_taken else _("The mail service is out of reach")
            )
            raise NotSent(f"{words} ({error.reason}).", may_be_taken=error.may_be_taken) from error
        except Exception as error:  # whatever the library raises: how far it came is not known
            raise NotSent(
                _("No answer from the mail service") + f" ({type(error).__name__}).", may_be_taken=True
            ) from error
        return _judged(Answer(response.status_code, response.body, response.headers), clock.now())

    def cut(self) -> None:
        """Break off what is under way, from another thread; this edge sends nothing more."""
        self._wire.cut()

    def close(self) -> None:
        self._wire.close()


def mail_request(message: Mapping[str, Any], sender_name: str) -> dict[str, Any]:
    """The body of a mail/send request. Raises `NotSent` for an address that cannot be one.

    It is built as plain data, not with the library's own classes: those take "a@x,b@x" for one address, raise
    `KeyError` without an @, and refuse texts that look like one of their keys.
    """
    sender, recipient = str(message["sender"]), str(message["recipient"])
    for address in (recipient, sender):
        if not is_address(address):
            raise NotSent(_("“{address}” is not an e-mail address.", address=line(address)), permanent=True)
    reply_to = str(message.get("reply_to") or "")
    return {
        "personalizations": [{"to": [{"email": recipient}]}],
        "from": {"email": sender, "name": sender_name} if sender_name else {"email": sender},
        **({"reply_to": {"email": reply_to}} if is_address(reply_to) else {}),
        "subject": line(str(message["subject"])),
        "content": [
            {"type": "text/plain", "value": message["body_text"]},
            {"type": "text/html", "value": message["body_html"]},
        ],
        **({"attachments": [_attached(file) for file in files]} if (files := message.get("attachments")) else {}),
        "custom_args": {"message_id": str(message["id"])},
    }


def _attached(file: Mapping[str, Any]) -> dict[str, str]:
    """A file as mail/send takes it; one with a `content_id` is a picture that the HTML places."""
    place = {"disposition": "inline", "content_id": file["content_id"]} if file["content_id"] else {}
    named = {"content": file["content"], "type": file["type"], "filename": file["name"]}
    return named | (place or {"disposition": "attachment"})


class _Client(python_http_client.Client):  # type: ignore[misc]
    """The library's client over our wire: a timeout, a kept connection, and knowledge of how far a request got."""

    def __init__(self, *, wire: Wire, **rest: Any) -> None:
        super().__init__(**rest)
        self._wire = wire

    def _build_client(self, name: str | None = None) -> _Client:
        return _Client(
            wire=self._wire,
            host=self.host,
            version=self._version,
            request_headers=self.request_headers,
            url_path=[*self._url_path, name] if name else self._url_path,
        )

    def _make_request(self, opener: Any, request: Any, timeout: float | None = None) -> Answer:
        return self._wire.post(request.full_url, dict(request.header_items()), request.data)


def is_address(text: str) -> bool:
    local, at, domain = text.rpartition("@")
    odd = any(character in NOT_IN_AN_ADDRESS or not character.isprintable() for character in text)
    return bool(at and local and domain) and "@" not in local and not odd


def _judged(answer: Answer, now: datetime) -> str:
    """The provider's id when it took the mail. Raises `NotSent` otherwise."""
    if 200 <= answer.status < 300:
        return shortened(line(str(answer.headers.get("X-Message-Id") or "")), LONGEST_ID)
    is_busy = answer.status == 429
    raise NotSent(
        _reason(answer),
        permanent=not (is_busy or answer.status >= 500),
        retry_after=retry_after(answer.headers.get("Retry-After"), now),
        is_busy=is_busy,
    )


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds to wait by a `Retry-After` header (seconds or a date), bounded; None when it says nothing."""
    text = (value or "").strip()
    if not text:
        return None
    try:
        seconds = float(text) if text[0].isdigit() else (clock.utc(parsedate_to_datetime(text)) - now).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _reason(answer: Answer) -> str:
    """The provider's own words, else the status."""
    said = _("The mail service answered {status}.", status=answer.status)
    try:
        errors = json.loads(answer.body)["errors"]
        words = [line(str(error["message"])) for error in errors if error.get("message")]
    except (ValueError, KeyError, TypeError, AttributeError):
        words = []
    return shortened(" ".join([said, *words]), LONGEST_REASON)
