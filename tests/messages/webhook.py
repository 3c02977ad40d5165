"""SendGrid's event webhook as the far side makes it: events, a key, a signature."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from services.messages.sendgrid_events import SIGNATURE, TIMESTAMP

_private = ec.generate_private_key(ec.SECP256R1())
_public = _private.public_key()
KEY = base64.b64encode(
    _public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
).decode()
PEM = _public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def event(message_id: str, kind: str, at: datetime, event_id: str = "", **more: Any) -> dict[str, Any]:
    """One event about a message of ours, with what the far side knows of the reader."""
    return {
        "email": "ines@example.com",
        "event": kind,
        "timestamp": int(at.replace(tzinfo=UTC).timestamp()),
        "sg_event_id": event_id or f"{kind}-{at:%H%M%S}",
        "sg_message_id": f"sg-{message_id}.recvd-5f8-1.0",
        "message_id": message_id,
        "ip": "203.0.113.9",
        "useragent": "Mail/1.0 (of Ines)",
    } | more


def signed(events: Any, at: datetime) -> tuple[bytes, dict[str, str]]:
    """A body and the headers that vouch for it."""
    body = events if isinstance(events, bytes) else (json.dumps(events) + "\r\n").encode()
    timestamp = str(int(at.replace(tzinfo=UTC).timestamp()))
    signature = _private.sign(timestamp.encode() + body, ec.ECDSA(hashes.SHA256()))
    return body, {SIGNATURE: base64.b64encode(signature).decode(), TIMESTAMP: timestamp}
