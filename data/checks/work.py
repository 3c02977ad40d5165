"""Work: jobs, requests, imports and reports, each done once and to its end."""

from __future__ import annotations

from data.checks.looking import twice

CHECKS: dict[str, str] = {
    "reports_go_out_once_a_day": twice("report_runs", "report_id, due_on", "report_id"),
    "requests_are_done_once": twice("idempotency_keys", "scope, key", "key"),
    "jobs_settle_an_order_once": twice("job_results", "job_id, position", "job_id"),
    "jobs_hold_the_orders_they_were_asked_for": """
        select j.id::varchar as number from jobs j left join job_items i on i.job_id = j.id
        group by j.id, j.item_count having count(i.job_id) <> j.item_count
    """,
    "results_belong_to_an_order_of_a_job": """
        select r.job_id::varchar as number from job_results r
        anti join job_items i on i.job_id = r.job_id and i.position = r.position and i.order_id = r.order_id
    """,
    "finished_jobs_have_settled_every_order": """
        select j.id::varchar as number from jobs j left join job_results r on r.job_id = j.id
        where j.state = 'done' group by j.id, j.item_count having count(r.job_id) < j.item_count
    """,
    "results_name_an_event_of_their_order": """
        select r.job_id::varchar as number from job_results r
        anti join order_events e on e.id = r.event_id and e.order_id = r.order_id
        semi join orders o on o.id = r.order_id
        where r.event_id is not null
    """,
    "no_more_orders_than_an_import_brought": """
        select r.id::varchar as number from import_runs r join orders o on o.import_run_id = r.id
        where r.finished_at is not null group by r.id, r.new_count having count(*) > r.new_count
    """,
    "imports_that_ended_say_when": """
        select id::varchar as number from import_runs where (state = 'running') <> (finished_at is null)
    """,
}
