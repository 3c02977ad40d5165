"""Events against state: what the events of an order tell, replayed, is what its row and its facts say."""

from __future__ import annotations

from collections.abc import Iterator

from data.checks.looking import Checked, Tally, found
from data.doors import Reader

TOLD, FOLLOWING, MOVED, MADE, VOID = (
    "orders_say_what_their_events_told_last", "events_go_on_where_the_one_before_ended",
    "quantities_are_what_events_moved", "events_made_what_is_there", "what_was_undone_is_void",
)  # fmt: skip
NAMES = (TOLD, FOLLOWING, MOVED, MADE, VOID)

# Orders whose events are replayed at once.
SLICE = 50_000

# Events by which a source sets an order anew; they tell these fields, and others change without a word.
_ANEW = "('imported', 'import_changed')"
_ALWAYS_TOLD = ("payment_status", "fulfilment_status", "email", "name", "phone")
_STATUSES = ("payment_status", "fulfilment_status")
_ADDRESS = ("name", "company", "line1", "line2", "city", "region", "postal_code", "country", "phone")
# field of an event -> SQL for it from the order's row, as text
FIELDS: dict[str, str] = {
    **{name: f"o.{name}" for name in (*_ALWAYS_TOLD, "language", "payment_message")},
    "is_muted": "o.is_muted::varchar",
    "tags": "to_json(o.tags)::varchar",
    **{f"{kind}_address.{part}": f"o.{kind}_{part}" for kind in ("shipping", "billing") for part in _ADDRESS},
}
_OF_ROW = " ".join(f"when '{name}' then {sql}" for name, sql in FIELDS.items())
# Each field that an event tells, before and after; a missing one is an empty one.
_SAID = f"""
    with wanted as (
        -- in the order in which they were sealed: the clock may have been set back between two of them
        select e.order_id, e.id, {{'seal': coalesce(l.number, 0), 'at': e.happened_at, 'id': e.id}} as turn, e.kind,
            e.before_json, e.after_json
        from order_events e semi join slice on slice.id = e.order_id
        left join event_links l on l.event_id = e.id and l.kind = 'written'
        where length(e.before_json) > 2 or length(e.after_json) > 2
    ),
    anew as (
        select order_id, max(turn) as last
        from wanted where kind in {_ANEW} group by order_id
    ),
    named as (
        select order_id, turn, kind, before_json, after_json,
            unnest(list_distinct(list_concat(json_keys(before_json), json_keys(after_json)))) as field
        from wanted
    ),
    said as (
        select n.order_id, n.turn, n.field,
            coalesce(json_extract_string(n.before_json, '$."' || n.field || '"'), '') as before,
            coalesce(json_extract_string(n.after_json, '$."' || n.field || '"'), '') as after
        from named n left join anew a on a.order_id = n.order_id
        where n.field in ({", ".join(f"'{name}'" for name in FIELDS)})
            and (a.last is null or n.field in ({", ".join(f"'{name}'" for name in _ALWAYS_TOLD)})
                or n.turn > a.last)
    )
"""
_OTHER_THAN_TOLD = f"""
    from last join orders o on o.id = last.order_id
    where last.after <> coalesce(case last.field {_OF_ROW} end, '')
"""
_LAST = f"""{_SAID},
    last as (
        select order_id, field, arg_max(after, turn) as after
        from said group by order_id, field
    )
"""
_TOLD = f"{_LAST} select distinct o.number {_OTHER_THAN_TOLD}"
# order_id, field and value of what the rows of the orders of `slice` should say and do not
TOLD_LAST = f"{_LAST} select last.* {_OTHER_THAN_TOLD}"
_FOLLOWING = f"""{_SAID},
    in_turn as (
        select order_id, before, lag(after) over (partition by order_id, field order by turn) as told
        from said where field in ({", ".join(f"'{name}'" for name in _STATUSES)})
    )
    select distinct o.number from in_turn t join orders o on o.id = t.order_id where t.told <> t.before
"""
# Orders that were taken here and that no source has set anew: all that moved was moved by events.
_MOVED = """
    with ours as (
        select slice.id from slice
        join orders o on o.id = slice.id and o.import_run_id is null
        anti join (
            select order_id from order_events where kind in ('imported', 'import_changed') or cause = 'demo'
        ) e on e.order_id = slice.id
    ),
    moves as (
        select order_id, unnest(from_json(made_json -> '$.moved', '["JSON"]')) as move
        from order_events e semi join ours on ours.id = e.order_id where contains(made_json, '"moved"')
    ),
    sums as (
        select (move ->> 'line_id')::uuid as line_id, sum((move ->> 'shipped')::decimal(18, 3)) as shipped,
            sum((move ->> 'returned')::decimal(18, 3)) as returned,
            sum((move ->> 'refunded')::decimal(18, 3)) as refunded
        from moves group by 1
    )
    select distinct o.number
    from order_lines l join orders o on o.id = l.order_id semi join ours on ours.id = l.order_id
    left join sums s on s.line_id = l.id
    where (l.shipped, l.returned, l.refunded)
        <> (coalesce(s.shipped, 0), coalesce(s.returned, 0), coalesce(s.refunded, 0))
"""
_FACTS = ("payments", "shipments", "order_notes", "messages")
_MADE = """
    with made as (
        select order_id, unnest(from_json(made_json -> '$.{table}', '["VARCHAR"]'))::uuid as id
        from order_events e semi join slice on slice.id = e.order_id where contains(made_json, '"{table}"')
    )
    select coalesce(o.number, m.id::varchar) as number from made m
    anti join {table} t on t.id = m.id and t.order_id = m.order_id
    left join orders o on o.id = m.order_id
"""
# a fact that stands though its event was undone, or does not though nobody undid it
_VOID = """
    select o.number from {table} t semi join slice on slice.id = t.order_id
    join orders o on o.id = t.order_id
    left join (select distinct undoes from order_events e semi join slice on slice.id = e.order_id) u
        on u.undoes = t.event_id
    where (t.voided_at is null) <> (u.undoes is null) and (t.event_id is not null or t.voided_at is not null)
"""


def column(field: str) -> str:
    """The column of an order in which a field of `FIELDS` stands."""
    return field.replace("_address.", "_")


def broken(read: Reader, size: int = SLICE) -> Iterator[Checked]:
    """The outcome of the checks of events against state, `size` orders at a time."""
    tally = Tally(*NAMES)
    read.tuples(
        "create or replace temp table replayed as "
        f"select id, (row_number() over (order by id) - 1) // {size:d} as slice from orders"
    )
    for slice_ in range(int(read.value("select coalesce(max(slice) + 1, 0) from replayed"))):
        read.tuples(f"create or replace temp table slice as select id from replayed where slice = {slice_:d}")
        for name, sql in ((TOLD, _TOLD), (FOLLOWING, _FOLLOWING), (MOVED, _MOVED)):
            tally.add(name, *found(read, sql))
        for table in _FACTS:
            tally.add(MADE, *found(read, _MADE.replace("{table}", table)))
        for table in _FACTS[:3]:
            tally.add(VOID, *found(read, _VOID.replace("{table}", table)))
    yield from tally.told()
