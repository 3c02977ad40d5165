"""Settings of the shop, kept by name as JSON."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from data.store import Reader, Writer

LOGO = "logo"
"""The one setting that is large: it is asked for by itself, not with the others at every step."""


def every(read: Reader) -> dict[str, Any]:
    """All kept settings but the logo: name -> value."""
    rows = read.known(f"select name, value_json from settings where name <> '{LOGO}'", table="settings")
    return {name: json.loads(value) for name, value in rows}


def kept(read: Reader, name: str) -> tuple[Any, datetime | None]:
    """One setting, and when it was set; (None, None) when it never was."""
    row = read.one("select value_json, updated_at from settings where name = ?", [name])
    return (json.loads(row["value_json"]), row["updated_at"]) if row else (None, None)


def put(write: Writer, values: dict[str, Any], actor: str, now: datetime) -> None:
    """Keep settings, replacing what had their names."""
    for name, value in values.items():
        write.execute("delete from settings where name = ?", [name])
        write.insert("settings", [{"name": name, "value_json": json.dumps(value), "updated_at": now, "actor": actor}])
