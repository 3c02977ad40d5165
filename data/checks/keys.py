"""Keys: what is there once is there once, and whatever names another row names one that is there."""

from __future__ import annotations

from data.checks.looking import twice

# tables of what an order holds: each row names its order
OF_ORDERS = (
    "order_lines", "payments", "shipments", "shipment_lines", "order_notes", "order_events", "order_raws",
    "search_terms", "messages", "order_goods", "download_links", "downloads", "documents", "round_orders",
)  # fmt: skip
# tables whose rows have an id of their own
WITH_IDS = (
    "order_lines", "payments", "shipments", "order_notes", "order_events", "messages", "message_events",
    "import_runs", "jobs", "gift_cards", "gift_card_entries", "download_links", "downloads", "digital_files",
    "documents", "closings", "rounds", "inbox", "mail_templates", "push_subscriptions", "kept_charts", "boards",
    "alerts", "reports", "report_runs", "saved_views", "workbench_queries", "workbench_history",
)  # fmt: skip
# tables of facts, which an event of their order made, or none
OF_EVENTS = ("payments", "shipments", "order_notes", "messages", "documents", "gift_cards", "download_links")


def _orphans(table: str) -> str:
    return f"select c.order_id::varchar as number from {table} c anti join orders o on o.id = c.order_id " + (
        "where c.order_id is not null" if table == "messages" else ""
    )


def _unmade(table: str) -> str:
    return f"""
        select coalesce(o.number, c.id::varchar) as number from {table} c
        anti join order_events e on e.id = c.event_id and e.order_id = c.order_id
        left join orders o on o.id = c.order_id
        where c.event_id is not null and c.order_id is not null
    """


def _unnamed(table: str, column: str, other: str, told: str) -> str:
    """Rows of `table` that name no row of `other`."""
    return (
        f"select c.{told}::varchar as number from {table} c anti join {other} r on r.id = c.{column} "
        f"where c.{column} is not null"
    )


CHECKS: dict[str, str] = {
    **{f"{table}_belong_to_an_order": _orphans(table) for table in OF_ORDERS},
    **{f"{table}_have_an_id_of_their_own": twice(table, "id", "id") for table in WITH_IDS},
    **{f"{table}_were_made_by_an_event": _unmade(table) for table in OF_EVENTS},
    "orders_have_one_id": twice("orders", "id", "number"),
    "orders_come_from_a_source_once": twice("orders", "source, source_id", "number"),
    "kept_content_belongs_to_an_import": """
        select b.order_id::varchar as number from import_befores b anti join import_runs r on r.id = b.run_id
    """,
    "boards_hold_charts_that_are_kept": """
        select p.board_id::varchar as number from board_charts p
        left join boards b on b.id = p.board_id left join kept_charts c on c.id = p.chart_id
        where b.id is null or c.id is null
    """,
    "alerts_stand_one_way": twice("alert_states", "alert_id", "alert_id"),
    "a_product_has_one_cost_from_a_day_on": """
        select product_key as number from product_costs
        group by product_key, currency, since_on
        having count(*) > 1 or min(unit_cost) < 0
    """,
    "undos_undo_an_event_of_their_order": """
        select coalesce(o.number, u.id::varchar) as number from order_events u
        anti join order_events e on e.id = u.undoes and e.order_id = u.order_id
        left join orders o on o.id = u.order_id
        where u.undoes is not null
    """,
    "imported_orders_belong_to_an_import": _unnamed("orders", "import_run_id", "import_runs", "number"),
    "findings_belong_to_an_import": _unnamed("import_findings", "run_id", "import_runs", "run_id"),
    "picks_belong_to_an_order_of_a_round": """
        select c.order_id::varchar as number from round_picks c
        left join round_orders o on o.round_id = c.round_id and o.order_id = c.order_id
        left join rounds r on r.id = c.round_id
        where o.order_id is null or r.id is null
    """,
    "orders_of_a_round_belong_to_a_round": _unnamed("round_orders", "round_id", "rounds", "order_id"),
    "reports_show_what_is_kept": """
        select p.title as number from reports p
        left join kept_charts c on c.id = p.chart_id left join boards b on b.id = p.board_id
        where (p.chart_id is not null and c.id is null) or (p.board_id is not null and b.id is null)
    """,
    "states_belong_to_an_alert": _unnamed("alert_states", "alert_id", "alerts", "alert_id"),
}
