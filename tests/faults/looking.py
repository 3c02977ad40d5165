"""What a store holds, as plain values, for those who hold it against their record."""

from __future__ import annotations

from typing import Any

from data.checks import check
from services.shop import Shop

_TABLES = {
    "orders": "select id::varchar as id, number, source_id, version, payment_status, fulfilment_status, total, paid, "
    "refunded, due, email, tags, line_count from orders",
    "lines": "select id::varchar as id, order_id::varchar as order_id, quantity, shipped, returned, refunded "
    "from order_lines",
    "events": "select id::varchar as id, order_id::varchar as order_id, kind, reason, before_json, after_json, "
    "made_json, undoes::varchar as undoes from order_events order by id",
    "payments": "select id::varchar as id, order_id::varchar as order_id, kind, amount, reference, "
    "voided_at is not null as is_void from payments",
    "parcels": "select id::varchar as id, order_id::varchar as order_id, voided_at is not null as is_void "
    "from shipments",
    "notes": "select id::varchar as id, order_id::varchar as order_id, voided_at is not null as is_void "
    "from order_notes",
    "messages": "select id::varchar as id, order_id::varchar as order_id, template, state from messages",
    "reports": "select message_id::varchar as message_id, provider_event_id from message_events "
    "where provider_event_id <> ''",
    "inbox": "select id::varchar as id, outcome from inbox",
    "jobs": "select id::varchar as id, state, about_json, item_count from jobs",
    "results": "select job_id::varchar as job_id, order_id::varchar as order_id, outcome, "
    "event_id::varchar as event_id from job_results",
    "runs": "select id::varchar as id, state, file_name from import_runs",
    "found": "select distinct order_id::varchar as order_id from search_terms where field = 'number'",
}

Seen = dict[str, Any]


def seen(shop: Shop, checks: bool = True) -> Seen:
    """Every row that a promise was made about, in one snapshot; with `checks` also what the store's own checks find."""
    zone = shop.profile().time_zone
    with shop.store.read() as read:
        found: Seen = {name: read.rows(sql) for name, sql in _TABLES.items()}
        found["migrations"] = [row["number"] for row in read.rows("select number from migrations order by number")]
        found["invented"] = _invented(read)
        wrong = check(read, zone) if checks else []
    found["checks"] = [(one.name, one.rows, one.examples) for one in wrong if one.rows]
    return found


def _invented(read: Any) -> dict[int, tuple[bool, bool]]:
    """Invented migrations: whether the table is there, whether the column is."""
    names = read.rows(
        "select table_name, column_name from information_schema.columns where table_catalog = current_catalog() "
        "and (table_name like 'invented_%' or column_name like 'invented_%')"
    )
    tables = {int(row["table_name"].split("_")[1]) for row in names if row["table_name"].startswith("invented_")}
    columns = {int(row["column_name"].split("_")[1]) for row in names if row["column_name"].startswith("invented_")}
    return {number: (number in tables, number in columns) for number in tables | columns}
