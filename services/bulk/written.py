"""Bulk actions and jobs as the API writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.bulk.mailing import Mails
from services.bulk.previewing import Preview
from services.clock import rfc3339
from services.jobs import Job, Row
from services.orders.order import message_json


def job_json(job: Job) -> dict[str, Any]:
    """A job with its progress."""
    asked = {name: job.about.get(name) for name in ("action", "params", "tell_customer", "reason")}
    return {
        "id": job.id,
        **asked,
        "q": job.about.get("about", ""),
        "state": job.state.value,
        "actor": job.actor,
        "orders": job.item_count,
        "done": job.done,
        "refused": job.refused,
        "failed": job.failed,
        "left": job.left,
        "messages": job.messages,
        "created_at": rfc3339(job.created_at),
        "started_at": rfc3339(job.started_at),
        "finished_at": rfc3339(job.finished_at),
        "undoes": job.undoes,
        "undone_by": job.undone_by,
        "fault": job.fault,
    }


def whole_json(job: Job, mails: Mails, rows: Sequence[Row], following: int | None) -> dict[str, Any]:
    """A job with its mails and a page of its results; `next` is the offset of the page after."""
    return job_json(job) | {
        "mails": {
            "made": mails.made,
            "waiting": mails.waiting,
            "leave_at": None if job.state.is_open else rfc3339(mails.leave_at),
            "stopped": mails.stopped,
            "gone": mails.gone,
            "failed": mails.failed,
        },
        "results": [
            {
                "order_id": row.result.order_id,
                "number": row.number,
                "outcome": row.result.outcome.value,
                "sentence": row.result.sentence,
                "event": row.result.event_id,
                "messages": row.result.messages,
                "at": rfc3339(row.at),
            }
            for row in rows
        ],
        "next": following,
    }


def preview_json(preview: Preview) -> dict[str, Any]:
    """What would happen."""
    return {
        "orders": preview.count,
        "will_do": preview.will_do,
        "refused": preview.refused,
        "mails": preview.mails,
        "samples": [message_json(one.message) | {"text": one.text, "html": one.html} for one in preview.samples],
        "steps": [
            {"field": step.field, "before": step.before, "after": step.after, "orders": step.count}
            for step in preview.steps
        ],
        "refusals": [
            {
                "sentence": refusal.sentence,
                "orders": refusal.count,
                "which": [{"id": order_id, "number": number} for order_id, number in refusal.orders],
            }
            for refusal in preview.refusals
        ],
        "warnings": [{"sentence": sentence, "orders": count} for sentence, count in preview.warnings],
    }
