"""Alerts over figures, and how each stands."""

from __future__ import annotations

from collections.abc import Mapping

from data.store import Reader, Row, Writer

_STATE = "s.is_raised, s.since, s.told_at, s.value, s.value_at, s.sentence"
_FROM = f"select a.*, {_STATE} from alerts a left join alert_states s on s.alert_id = a.id"


def every(read: Reader) -> list[Row]:
    """Every alert, oldest first, with how it stands (nothing of that before it was first checked)."""
    return read.rows(f"{_FROM} order by a.id")


def one(read: Reader, alert_id: str) -> Row | None:
    """One of them."""
    return read.one(f"{_FROM} where a.id = try_cast(? as uuid)", [alert_id])


def keep(write: Writer, row: Mapping[str, object]) -> None:
    """Keep an alert, or keep it as it is now when its id is known."""
    write.execute("delete from alerts where id = ?::uuid", [row["id"]])
    write.insert("alerts", [row])


def pause(write: Writer, alert_id: str, is_paused: bool) -> None:
    """Watch an alert no more, or watch it again."""
    write.execute("update alerts set is_paused = ? where id = try_cast(? as uuid)", [is_paused, alert_id])


def remove(write: Writer, alert_id: str) -> None:
    """Let an alert go, with how it stands."""
    write.execute("delete from alert_states where alert_id = try_cast(? as uuid)", [alert_id])
    write.execute("delete from alerts where id = try_cast(? as uuid)", [alert_id])


def forget_state(write: Writer, alert_id: str) -> None:
    """Forget how an alert stands: it begins anew."""
    write.execute("delete from alert_states where alert_id = try_cast(? as uuid)", [alert_id])


def note(write: Writer, row: Mapping[str, object]) -> None:
    """Say how an alert stands."""
    write.execute("delete from alert_states where alert_id = ?::uuid", [row["alert_id"]])
    write.insert("alert_states", [row])
