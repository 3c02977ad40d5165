"""Whether the log is what was written: its links hash to what they say, and every event is as its link has it."""

from __future__ import annotations

from collections.abc import Iterator

from data.checks.looking import Checked, Tally, parted
from data.doors import EVENTS, Reader
from data.event_chain import LinkKind, digest_sql

LINKS, ALTERED, TAKEN_OUT, SLIPPED_IN = (
    "links_of_the_log_follow_each_other", "events_are_as_they_were_written", "events_are_not_taken_out",
    "events_are_not_slipped_in",
)  # fmt: skip
NAMES = (LINKS, ALTERED, TAKEN_OUT, SLIPPED_IN)

# Events that are hashed at once.
SLICE = 200_000

_BROKEN_LINKS = """
    with links as (
        select number, min(kind) as kind, min(hash) as hash, min(hash) = max(hash) and min(kind) = max(kind) as is_one,
            string_agg(event_id::varchar || lower(hex(digest)), '' order by event_id) as told
        from event_links where number between $first - 1 and $last group by number
    ),
    following as (
        select *, lag(number, 1, 0) over (order by number) as number_before,
            lag(hash, 1, ''::blob) over (order by number) as hash_before
        from links
    )
    select 'link ' || number as number from following
    where number >= $first and (not is_one or number <> number_before + 1 or hash <> unhex(sha256(
        lower(hex(hash_before)) || ' ' || number || ' ' || kind || ' ' || told
    )))
"""
_BROKEN_EVENTS = f"""
    with written as (
        select event_id, arg_max(digest, number) as digest, max(number) as number from event_links
        where kind = '{LinkKind.WRITTEN}' and event_id > $least::uuid and event_id <= $most::uuid group by event_id
    ),
    removed as (
        select event_id, arg_max(digest, number) as digest, max(number) as number from event_links
        where kind = '{LinkKind.REMOVED}' and event_id > $least::uuid and event_id <= $most::uuid group by event_id
    ),
    present as (
        select e.id as event_id, e.order_id, {digest_sql("e")} as digest
        from {EVENTS} e where id > $least::uuid and id <= $most::uuid
    ),
    judged as (
        select coalesce(o.number, 'event ' || event_id::varchar) as number,
            case
                when p.digest is null and w.digest is null then '{TAKEN_OUT}'
                when p.digest is null and r.digest is distinct from w.digest then '{TAKEN_OUT}'
                when p.digest is null then null
                when w.digest is null or r.number > w.number then '{SLIPPED_IN}'
                when w.digest <> p.digest then '{ALTERED}'
            end as fault
        from written w full join present p using (event_id) full join removed r using (event_id)
        left join orders o on o.id = p.order_id
    )
    select fault, count(*) as rows, list(number)[:5] as examples from judged where fault is not null group by fault
"""


def broken(read: Reader, size: int = SLICE) -> Iterator[Checked]:
    """The outcome of the checks of the log, `size` events at a time."""
    tally = Tally(*NAMES)
    read.tuples(
        "create or replace temp table link_slices as "
        f"select number, sum(events) over (order by number) // {size:d} as slice "
        "from (select number, count(*) as events from event_links group by number)"
    )
    for first, last in read.tuples("select min(number), max(number) from link_slices group by slice order by 1"):
        row = read.one(
            f"select count(*) as rows, list(number)[:5] as examples from ({_BROKEN_LINKS})",
            {"first": first, "last": last},
        )
        if row:
            tally.add(LINKS, int(row["rows"]), row["examples"] or [])
    for least, most in parted(read, EVENTS, size):
        for row in read.rows(_BROKEN_EVENTS, {"least": least, "most": most}):
            tally.add(row["fault"], int(row["rows"]), row["examples"])
    yield from tally.told()
