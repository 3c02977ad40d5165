"""SendGrid's event webhook: whether its signature holds, and its events as reports of ours."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from services.messages.fates import Report
from services.messages.states import MessageEventKind
from services.messages.wording import line, shortened

SIGNATURE, TIMESTAMP = "X-Twilio-Email-Event-Webhook-Signature", "X-Twilio-Email-Event-Webhook-Timestamp"
LATE = timedelta(minutes=10)  # signed longer ago than this, a webhook is one that was sent again or played back
LONGEST_REASON, LONGEST_ID = 500, 200  # characters

_KINDS = {
    "processed": MessageEventKind.PROCESSED,
    "deferred": MessageEventKind.DEFERRED,
    "delivered": MessageEventKind.DELIVERED,
    "bounce": MessageEventKind.BOUNCED,
    "dropped": MessageEventKind.DROPPED,
    "open": MessageEventKind.OPENED,
    "click": MessageEventKind.CLICKED,
    "spamreport": MessageEventKind.SPAM,
    "unsubscribe": MessageEventKind.UNSUBSCRIBED,
    "group_unsubscribe": MessageEventKind.UNSUBSCRIBED,
}


def is_signed(key: str, signature: str, timestamp: str, body: bytes) -> bool:
    """Whether `body` was signed at `timestamp` by the holder of the key: ECDSA over P-256 with SHA-256, the key and
    the signature as base64. A key that is none signs nothing."""
    known = _public_key(key)
    if known is None:
        return False
    try:
        known.verify(
            base64.b64decode(signature, validate=True), timestamp.encode("ascii") + body, ec.ECDSA(hashes.SHA256())
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def is_late(timestamp: str, now: datetime) -> bool:
    """Whether a signature is older than a webhook takes to come."""
    signed_at = _moment(timestamp)
    return signed_at is None or now - signed_at > LATE


def reports(body: bytes, now: datetime) -> tuple[list[Report], int]:
    """The reports in a webhook's body, and how many of its events tell nothing that we know. Raises ValueError when it
    is not a list of events."""
    try:
        given = json.loads(body)
    except RecursionError as error:
        raise ValueError("nested without end") from error
    if not isinstance(given, list):
        raise ValueError("no list of events")
    found = [_report(one, now) for one in given]
    return [one for one in found if one], found.count(None)


@lru_cache(maxsize=4)
def _public_key(key: str) -> ec.EllipticCurvePublicKey | None:
    """The verification key, from base64 as SendGrid shows it or from PEM, line breaks as `\\n` allowed."""
    text = key.replace("\\n", "\n").strip()
    try:
        if text.startswith("-----"):
            made = serialization.load_pem_public_key(text.encode())
        else:
            made = serialization.load_der_public_key(base64.b64decode("".join(text.split()), validate=True))
    except ValueError:
        return None
    return made if isinstance(made, ec.EllipticCurvePublicKey) else None


def _report(event: Any, now: datetime) -> Report | None:
    kind = _KINDS.get(str(event.get("event"))) if isinstance(event, Mapping) else None
    if kind is None:
        return None
    at = _moment(event.get("timestamp")) or now
    if kind is MessageEventKind.OPENED and event.get("sg_machine_open") is True:
        kind = MessageEventKind.DELIVERED  # a mailbox that fetches everything: it arrived, nobody has read it
    provider_id = str(event.get("sg_message_id") or "").partition(".")[0][:LONGEST_ID]
    is_private = kind in (MessageEventKind.OPENED, MessageEventKind.CLICKED)
    return Report(
        message_id=_uuid(event.get("message_id")),
        provider_id=provider_id,
        kind=kind,
        at=min(at, now),
        detail="" if is_private else _detail(event),
        event_id=str(event.get("sg_event_id") or "")[:LONGEST_ID] or _made_up_id(event),
    )


def _detail(event: Mapping[str, Any]) -> str:
    """The far side's own words."""
    words = event.get("reason") or event.get("response") or ""
    return shortened(line(str(words)), LONGEST_REASON)


def _made_up_id(event: Mapping[str, Any]) -> str:
    """An id for an event that came without: the same for its repeats."""
    return hashlib.sha256(json.dumps(event, sort_keys=True).encode()).hexdigest()


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(value), UTC).replace(tzinfo=None)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _uuid(value: Any) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError:
        return ""
