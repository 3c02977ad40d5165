"""What is done for each kind of job."""

from __future__ import annotations

from services.bulk import working
from services.jobs.job import JobKind
from services.jobs.work import Work

WORK: dict[JobKind, Work] = {
    JobKind.BULK: Work(working.take, working.finished, working.stopped),
}
