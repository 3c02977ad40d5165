"""Browsers enrolled for push, and which of them a message goes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.store import Reader, Row, Writer


def every(read: Reader) -> list[Row]:
    """All enrolled browsers, oldest first."""
    return read.rows("select * from push_subscriptions order by id")


def one(read: Reader, subscription_id: str) -> Row | None:
    """One of them."""
    return read.one("select * from push_subscriptions where id = try_cast(? as uuid)", [subscription_id])


def of_endpoint(read: Reader, endpoint: str) -> Row | None:
    """The browser that is reached at this address."""
    return read.one("select * from push_subscriptions where endpoint = ?", [endpoint])


def add(write: Writer, row: Mapping[str, object]) -> None:
    """Enrol a browser."""
    write.insert("push_subscriptions", [row])


def change(write: Writer, subscription_id: str, values: Mapping[str, object]) -> None:
    """Set columns of a browser; `values` names columns of ours."""
    settings = ", ".join(f"{name} = ?" for name in values)
    write.execute(f"update push_subscriptions set {settings} where id = ?::uuid", [*values.values(), subscription_id])


def remove(write: Writer, ids: Sequence[str]) -> None:
    """Forget browsers; the messages that were for them stay."""
    write.execute("delete from push_subscriptions where id in (select unnest(?)::uuid)", [list(ids)])


def remove_all(write: Writer) -> None:
    """Forget every browser."""
    write.execute("delete from push_subscriptions")


def direct(write: Writer, pairs: Sequence[tuple[str, str]]) -> None:
    """Say to which browser each message goes: (message, browser)."""
    write.insert("push_messages", [{"message_id": message, "subscription_id": browser} for message, browser in pairs])


def addresses(read: Reader, message_ids: Sequence[str]) -> dict[str, Row]:
    """Message -> the browser that it goes to, for those whose browser is enrolled yet."""
    rows = read.rows(
        "select m.message_id, s.* from push_messages m join push_subscriptions s on s.id = m.subscription_id "
        "where m.message_id in (select unnest(?)::uuid)",
        [list(message_ids)],
    )
    return {row["message_id"]: row for row in rows}


def waiting_for(read: Reader, subscription_id: str, waiting: str) -> list[str]:
    """Ids of the messages that wait for a browser."""
    rows = read.rows(
        "select m.id from messages m join push_messages p on p.message_id = m.id "
        "where p.subscription_id = ?::uuid and m.state = ?",
        [subscription_id, waiting],
    )
    return [row["id"] for row in rows]
