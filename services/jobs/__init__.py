"""Jobs: longer work that a person asked for. Kept in the store, so that it outlives the process.

    job = jobs.start(shop, JobKind.BULK, about={…}, items=[Item(order_id)], actor=people.MERCHANT)
    jobs.job(shop, job.id)          as it is now, with its progress
    jobs.results(shop, job.id)      what became of each order
    jobs.stop(shop, job.id, actor)  go no further
    jobs.retry_failed(shop, job.id) once more with what was not done

A further kind of work is one line in `JobKind` and one in `services/jobs/kinds.py`.
"""

from services.jobs.asking import (
    MOST_ITEMS,
    job,
    latest_open,
    reasons,
    recent,
    results,
    retry_failed,
    start,
    started,
    stop,
)
from services.jobs.job import Item, Job, JobKind, JobState, Outcome, Reason, Result, Row

__all__ = [
    "MOST_ITEMS", "Item", "Job", "JobKind", "JobState", "Outcome", "Reason", "Result", "Row",
    "job", "latest_open", "reasons", "recent", "results", "retry_failed", "start", "started", "stop",
]  # fmt: skip
