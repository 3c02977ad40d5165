"""Files that go with messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.store import Reader, Row, Writer


def add(write: Writer, rows: Sequence[Mapping[str, object]]) -> None:
    """Put files beside their messages."""
    write.insert("message_attachments", rows)


def copy(write: Writer, message_id: str, to_id: str) -> None:
    """Let the files of a message go with another one too."""
    write.execute(
        "insert into message_attachments select ?::uuid, position, name, type, content_id, content "
        "from message_attachments where message_id = ?::uuid",
        [to_id, message_id],
    )


def of(read: Reader, message_ids: Sequence[str]) -> dict[str, list[Row]]:
    """The files of messages, in their order; those without any are left out."""
    rows = read.rows(
        "select * from message_attachments where message_id in (select unnest(?)::uuid) order by message_id, position",
        [list(message_ids)],
    )
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["message_id"], []).append(row)
    return found


def named(read: Reader, message_id: str) -> list[Row]:
    """The files of a message by name, with their length in Base64 letters, without what is in them."""
    return read.rows(
        "select name, type, content_id, length(content) as letters from message_attachments "
        "where message_id = try_cast(? as uuid) order by position",
        [message_id],
    )
