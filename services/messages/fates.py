"""What the provider's reports make of a message: pure, and the same in whatever order and however often they come.

The state is judged from all reports there are, never from the last one that came: a bounce counts for more than a
delivery (the far side took the mail and gave it back), whatever proves that it arrived for more than a deferral.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.messages.states import MessageEventKind, MessageState

_ARRIVED = frozenset(
    {
        MessageEventKind.DELIVERED,
        MessageEventKind.OPENED,
        MessageEventKind.CLICKED,
        MessageEventKind.SPAM,
        MessageEventKind.UNSUBSCRIBED,
    }
)
_TAKEN = frozenset({MessageEventKind.PROCESSED, MessageEventKind.DEFERRED})
_LOST = frozenset({MessageEventKind.BOUNCED, MessageEventKind.DROPPED})
REPORTED = _ARRIVED | _TAKEN | _LOST


@dataclass(frozen=True, slots=True)
class Report:
    """One thing that the provider says of a message. `message_id` is ours when it came back to us, else empty;
    `provider_id` is the provider's own. `event_id` tells a repeat from another report. Nothing else of the person who
    opened a mail is known here: no address of theirs, no program."""

    message_id: str
    provider_id: str
    kind: MessageEventKind
    at: datetime
    detail: str
    event_id: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Something noted about a message, ours or the provider's."""

    kind: str
    at: datetime
    detail: str = ""


def judged(state: MessageState, noted: Sequence[Noted]) -> tuple[MessageState, str]:
    """Where a message stands by all that is noted about it, and why when it did not arrive. What a person has settled
    (stopped, left as it is) stays settled."""
    if state is MessageState.CANCELLED:
        return state, ""
    reports = sorted(_counted(noted), key=lambda one: (one.at, one.kind, one.detail))
    kinds = {one.kind for one in reports}
    if MessageEventKind.BOUNCED in kinds:
        return MessageState.BOUNCED, _reason(reports, MessageEventKind.BOUNCED)
    if kinds & _ARRIVED:
        return MessageState.DELIVERED, ""
    if MessageEventKind.DROPPED in kinds:
        return MessageState.FAILED, _reason(reports, MessageEventKind.DROPPED)
    return (MessageState.ACCEPTED, "") if kinds & _TAKEN else (state, "")


def _counted(noted: Sequence[Noted]) -> list[Noted]:
    """The reports that tell of the mail as it was sent last. After a person sent it again, older ones count only while
    there is no newer one and none says that it was lost: then the first mail got through after all."""
    reports = [one for one in noted if one.kind in REPORTED]
    retries = [one.at for one in noted if one.kind == MessageEventKind.RETRIED]
    if not retries:
        return reports
    since = max(retries).replace(microsecond=0)  # the provider counts whole seconds
    newer = [one for one in reports if one.at >= since]
    return newer or ([] if any(one.kind in _LOST for one in reports) else reports)


def _reason(reports: Sequence[Noted], kind: MessageEventKind) -> str:
    return next((one.detail for one in reversed(reports) if one.kind == kind), "")
