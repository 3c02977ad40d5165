"""The shapes of what the API answers about many orders at once, for its description."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from services.jobs import JobState, Outcome
from services.web.shapes import Letter, Shape


class JobShape(Shape):
    """A job and its progress."""

    id: UUID
    action: str
    params: dict[str, Any]
    tell_customer: bool
    reason: str
    q: str
    state: JobState
    actor: str
    orders: int
    done: int
    refused: int
    failed: int
    left: int
    messages: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    undoes: UUID | None
    undone_by: UUID | None
    fault: str


class JobMails(Shape):
    """What became of the mails that a job wrote."""

    made: int
    waiting: int
    leave_at: datetime | None
    stopped: int
    gone: int
    failed: int


class JobResult(Shape):
    """What became of one order."""

    order_id: UUID
    number: str
    outcome: Outcome
    sentence: str
    event: UUID | None
    messages: int
    at: datetime


class WholeJob(JobShape):
    """A job with a page of its results."""

    mails: JobMails
    results: list[JobResult]
    next: int | None = Field(description="`offset` of the page after; null at the end.")


class JobList(Shape):
    """The newest jobs."""

    jobs: list[JobShape]


class PreviewStep(Shape):
    """How many orders go from one status to another."""

    field: str
    before: str
    after: str
    orders: int


class WhichOrder(Shape):
    """An order by its id and number."""

    id: UUID
    number: str


class PreviewRefusal(Shape):
    """Orders that would be left as they are, and why."""

    sentence: str
    orders: int
    which: list[WhichOrder]


class PreviewWarning(Shape):
    """What is worth a second look."""

    sentence: str
    orders: int


class BulkPreview(Shape):
    """What a bulk action would do."""

    orders: int
    will_do: int
    refused: int
    mails: int
    samples: list[Letter]
    steps: list[PreviewStep]
    refusals: list[PreviewRefusal]
    warnings: list[PreviewWarning]
