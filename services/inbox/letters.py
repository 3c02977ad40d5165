"""A webhook as it came in: from whom, whether its signature holds, and what became of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from data.ids import new_id

LARGEST_REFUSED = 16 * 1024  # bytes that are kept of a body whose sender is not known


class Source(StrEnum):
    """Who sends webhooks."""

    SENDGRID = "sendgrid"


class Verdict(StrEnum):
    """What the signature says. `LATE` is valid, but signed long before it came: sent again, or played back."""

    VALID = "valid"
    LATE = "late"
    BAD = "bad"

    @property
    def is_trusted(self) -> bool:
        """The sender is who they say."""
        return self is not self.BAD


class Outcome(StrEnum):
    """What became of a webhook."""

    WAITING = "waiting"
    DIGESTED = "digested"
    REPEATED = "repeated"
    UNREADABLE = "unreadable"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Came:
    """A webhook at the door. `told` is what else is worth keeping of its headers."""

    source: Source
    body: bytes
    verdict: Verdict
    at: datetime
    provider_id: str = ""
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Digested:
    """What became of a webhook: how many events it held, and how many of them speak of nothing that is ours."""

    outcome: Outcome
    events: int = 0
    unknown: int = 0
    detail: str = ""


def row(came: Came) -> dict[str, Any]:
    """Its row of `inbox`. Of a body that nobody vouches for only the beginning is kept."""
    is_trusted = came.verdict.is_trusted
    return {
        "id": new_id(),
        "source": came.source.value,
        "received_at": came.at,
        "verdict": came.verdict.value,
        "outcome": (Outcome.WAITING if is_trusted else Outcome.REFUSED).value,
        "provider_id": came.provider_id,
        "content_hash": hashlib.sha256(came.body).hexdigest(),
        "size": len(came.body),
        "body": came.body if is_trusted else came.body[:LARGEST_REFUSED],
        "told_json": json.dumps(dict(came.told)),
        "event_count": 0,
        "unknown_count": 0,
        "detail": "",
        "digested_at": None,
        "trimmed_at": None,
    }
