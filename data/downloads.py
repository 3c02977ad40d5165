"""Links to files, what they open, and the downloads that were made through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from data.store import Reader, Row, Writer

_LINK = "id, order_id, event_id, made_at, sealed_token, language"


def add(write: Writer, links: Sequence[Row], files: Sequence[Row]) -> None:
    """Keep new links and what they open."""
    write.insert("download_links", links)
    write.insert("link_files", files)


def by_token(read: Reader, token_hash: str) -> Row | None:
    """The link whose token has this hash."""
    return read.one(f"select {_LINK} from download_links where token_hash = ?", [token_hash])


def of_order(read: Reader, order_id: str) -> list[Row]:
    """An order's links, oldest first."""
    return read.rows(f"select {_LINK} from download_links where order_id = ?::uuid order by made_at, id", [order_id])


def files_of_order(read: Reader, order_id: str) -> list[Row]:
    """What the links of an order open, each with its file and `used`, the downloads completed; oldest link first."""
    return read.rows(_OPENED.format(where="l.order_id = ?::uuid"), [order_id])


def files_of_link(read: Reader, link_id: str, order_id: str) -> list[Row]:
    """The same for one link."""
    return read.rows(_OPENED.format(where="l.order_id = ?::uuid and l.link_id = ?::uuid"), [order_id, link_id])


_OPENED = """
    select l.link_id, l.order_id, l.line_id, l.file_id, l.allowed, l.expires_at, l.withdrawn_at, l.withdrawn_why,
        f.name, f.place, f.size, f.version, f.removed_at,
        (select count(*) from downloads d where d.link_id = l.link_id and d.file_id = l.file_id
            and d.completed_at is not null) as used,
        (select max(d.completed_at) from downloads d where d.link_id = l.link_id and d.file_id = l.file_id) as last_at
    from link_files l join digital_files f on f.id = l.file_id
    where {where} order by l.link_id, f.added_at, f.id, l.line_id
"""


def withdraw(write: Writer, order_id: str, which: Sequence[tuple[str, str]], why: str, now: datetime | None) -> None:
    """Withdraw what links open, as (link id, line id); without a moment, open it again."""
    for link_id, line_id in which:
        write.execute(
            "update link_files set withdrawn_at = ?, withdrawn_why = ? "
            "where order_id = ?::uuid and link_id = ?::uuid and line_id = ?::uuid",
            [now, why if now else "", order_id, link_id, line_id],
        )


def forget_tokens(
    write: Writer, now: datetime, made_before: datetime, template: str, over: Sequence[str], for_good: Sequence[str]
) -> None:
    """Let go of sealed tokens that no mail can need any more: what the link opens is past its day or withdrawn
    `for_good`, or it was `made_before` a moment and every mail of its order of this template is in one of the states
    that are `over`."""
    write.execute(
        """
        update download_links set sealed_token = '' where sealed_token <> '' and (
            id not in (
                select link_id from link_files
                where expires_at > $now and withdrawn_why not in (select unnest($for_good)))
            or made_at < $made_before and order_id not in (
                select order_id from messages
                where order_id is not null and template = $template and state not in (select unnest($over))))
        """,
        {
            "now": now,
            "made_before": made_before,
            "template": template,
            "over": list(over),
            "for_good": list(for_good),
        },
    )


def tokens_kept(read: Reader) -> int:
    """How many links still have their token sealed beside them."""
    return int(read.value("select count(*) from download_links where sealed_token <> ''"))


def sealed_tokens(read: Reader, ids: Sequence[str]) -> dict[str, Row]:
    """order_id and sealed_token of links, by id."""
    rows = read.rows(
        "select id, order_id, sealed_token from download_links where id in (select unnest(?)::uuid)", [list(ids)]
    )
    return {row["id"]: row for row in rows}


def sessions(read: Reader, link_id: str, file_id: str) -> list[Row]:
    """Downloads of a file through a link, newest first."""
    return read.rows(
        "select * from downloads where link_id = ?::uuid and file_id = ?::uuid order by updated_at desc, id desc",
        [link_id, file_id],
    )


def session(read: Reader, download_id: str) -> Row | None:
    """One download."""
    return read.one("select * from downloads where id = ?::uuid", [download_id])


def begin(write: Writer, row: Row) -> None:
    """A new download."""
    write.insert("downloads", [row])


def go_on(write: Writer, download_id: str, values: Mapping[str, object]) -> None:
    """Set columns of a download; the names are ours."""
    settings = ", ".join(f"{name} = ?" for name in values)
    write.execute(f"update downloads set {settings} where id = ?::uuid", [*values.values(), download_id])
