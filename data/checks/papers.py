"""Papers: documents without a gap, and closings that are as they were sealed."""

from __future__ import annotations

from collections.abc import Iterator

from data import closings
from data.checks.looking import Checked, Tally
from data.doors import Reader

SEALED = "closings_are_as_they_were_sealed"
NAMES = (SEALED,)

CHECKS: dict[str, str] = {
    "documents_are_numbered_without_gaps": """
        select series as number from documents group by series
        having count(*) <> max(position) or count(*) <> count(distinct position)
    """,
    "documents_name_a_logo_that_is_kept": """
        select d.number from (select number, json_extract_string(content_json, '$.logo') as logo from documents) d
        anti join document_logos l on l.name = d.logo where d.logo not like '<%' and d.logo <> ''
    """,
    "closings_come_to_what_their_orders_brought": """
        select any_value(c.first_on)::varchar as number from closings c
        left join closing_orders o on o.closing_id = c.id
        group by c.id
        having count(o.order_id) <> any_value(c.order_count)
            or coalesce(sum(o.placed), 0) <> cast(any_value(c.figures_json) ->> '$.placed' as decimal(18, 3))
            or coalesce(sum(o.paid), 0) <> cast(any_value(c.figures_json) ->> '$.paid' as decimal(18, 3))
            or coalesce(sum(o.moved_paid), 0) <> cast(any_value(c.figures_json) ->> '$.moved_paid' as decimal(18, 3))
    """,
    "documents_are_numbered_once": """
        select number from documents group by series, number having count(*) > 1
    """,
    "orders_of_a_closing_belong_to_a_closing": """
        select o.number from closing_orders o anti join closings c on c.id = o.closing_id
    """,
}


def broken(read: Reader) -> Iterator[Checked]:
    """The seals of closings, made again."""
    tally = Tally(SEALED)
    for closing in closings.every(read):
        made = closings.seal(
            closing["first_on"], closing["last_on"], closing["currency"], closings.frozen(read, closing["id"])
        )
        if made != closing["seal"]:
            tally.add(SEALED, 1, [f"{closing['first_on']} – {closing['last_on']}"])
    yield from tally.told()
