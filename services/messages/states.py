"""What became of a message, and what is noted about it on the way."""

from __future__ import annotations

from enum import StrEnum


class MessageState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    FAILED = "failed"
    UNSURE = "unsure"
    CANCELLED = "cancelled"

    @property
    def can_be_stopped(self) -> bool:
        """It has not left yet: a person or an undo may still stop it."""
        return self is self.WAITING

    @property
    def can_be_retried(self) -> bool:
        """A person decides whether it goes out again."""
        return self in (self.FAILED, self.UNSURE, self.BOUNCED)

    @property
    def has_left(self) -> bool:
        """It went to the provider, or may have."""
        return self in (self.SENDING, self.ACCEPTED, self.DELIVERED, self.BOUNCED, self.UNSURE)


class MessageEventKind(StrEnum):
    """What is noted about a message: ours while sending, a person's, later the provider's (from `PROCESSED` on)."""

    ACCEPTED = "accepted"
    PUT_OFF = "put_off"
    FAILED = "failed"
    UNSURE = "unsure"
    RECOVERED = "recovered"
    STOPPED = "stopped"
    SENT_NOW = "sent_now"
    RETRIED = "retried"
    REPLACED = "replaced"
    PROCESSED = "processed"
    DEFERRED = "deferred"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    DROPPED = "dropped"
    SPAM = "spam"
    OPENED = "opened"
    CLICKED = "clicked"
    UNSUBSCRIBED = "unsubscribed"
