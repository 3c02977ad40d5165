"""`POST /api/v1/bulk`: one action on many orders, previewed or started as a job; and the jobs."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from services import bulk, jobs, people
from services import shop as shops
from services.bulk import given, written
from services.jobs import Outcome
from services.jobs.asking import LARGEST_PAGE
from services.web.bodies import GivenBulk, described
from services.web.given import JsonBody, Key
from services.web.job_shapes import BulkPreview, JobList, JobShape, WholeJob
from services.web.json_answer import JsonAnswer
from services.web.keyed import KeyedRoute

JobId = Annotated[str, Path(max_length=200, json_schema_extra={"format": "uuid"})]

router = APIRouter(prefix="/v1", tags=["Many orders"], route_class=KeyedRoute)
_BODY = described(GivenBulk, required=True)


@router.post(
    "/bulk/preview",
    response_model=BulkPreview,
    responses={409: {}},
    openapi_extra=_BODY,
    summary="Preview an action on many orders",
    operation_id="preview_bulk",
)
def preview_bulk(body: JsonBody) -> Response:
    """What it would do; nothing is changed."""
    shop = shops.current()
    return JsonAnswer(written.preview_json(bulk.preview(shop, given.read(shop, body), people.API)))


@router.post(
    "/bulk",
    response_model=JobShape,
    status_code=202,
    responses={409: {}},
    openapi_extra=_BODY,
    summary="Do an action on many orders",
    operation_id="start_bulk",
)
def start_bulk(body: JsonBody, idempotency_key: Key = None) -> Response:
    """Start it as a job, whose progress and results stand at the address in `Location`. All its mails wait until the
    job is over, and then the shop's cooling-off time."""
    shop = shops.current()
    told = bulk.start_once(shop, lambda: given.read(shop, body), people.API, idempotency_key, body, written.job_json)
    return JsonAnswer(told, 202, {"Location": f"/api/v1/jobs/{told['id']}"})


@router.get("/jobs", response_model=JobList, summary="The newest jobs", operation_id="list_jobs")
def list_jobs() -> Response:
    """The newest jobs, newest first."""
    return JsonAnswer({"jobs": [written.job_json(job) for job in jobs.recent(shops.current())]})


@router.get("/jobs/{job_id}", response_model=WholeJob, summary="A job", operation_id="get_job")
def get_job(
    job_id: JobId,
    outcome: Annotated[Outcome | None, Query(description="Only results that ended so.")] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 100,
    offset: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> Response:
    """How far it is, what became of its mails, and a page of what became of its orders."""
    shop = shops.current()
    job = jobs.job(shop, job_id)
    rows = jobs.results(shop, job.id, outcome, limit + 1, offset)
    following = offset + limit if len(rows) > limit else None
    return JsonAnswer(written.whole_json(job, bulk.mails(shop, job.id), rows[:limit], following))


def _after(operation: str, summary: str) -> dict[str, Any]:
    return {"response_model": JobShape, "responses": {409: {}}, "summary": summary, "operation_id": operation}


@router.post("/jobs/{job_id}/undo", status_code=202, **_after("undo_job", "Undo a job"))
def undo_job(job_id: JobId) -> Response:
    """Take back all that a job did, as another job. Its mails that wait are held."""
    job = bulk.undo(shops.current(), job_id, people.API)
    return JsonAnswer(written.job_json(job), 202, {"Location": f"/api/v1/jobs/{job.id}"})


@router.post("/jobs/{job_id}/stop", **_after("stop_job", "Stop a job"))
def stop_job(job_id: JobId) -> Response:
    """Go no further, and stop the mails of what was done."""
    return JsonAnswer(written.job_json(jobs.stop(shops.current(), job_id, people.API)))


@router.post("/jobs/{job_id}/stop-mails", **_after("stop_job_mails", "Stop the mails of a job"))
def stop_job_mails(job_id: JobId) -> Response:
    """Stop every mail of a job that has not left."""
    shop = shops.current()
    job = jobs.job(shop, job_id)
    bulk.stop_mails(shop, job.id, people.API)
    return JsonAnswer(written.job_json(job))


@router.post("/jobs/{job_id}/retry", status_code=202, **_after("retry_job", "Retry what was not done"))
def retry_job(job_id: JobId) -> Response:
    """Once more with the orders that were refused, failed or not begun."""
    return JsonAnswer(written.job_json(jobs.retry_failed(shops.current(), job_id)), 202)
