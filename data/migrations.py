"""Bringing a store to this version's tables: numbered SQL files, each run once, in order."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from data.errors import StoreTooNew
from data.store import Store

FOLDER = Path(__file__).parent / "schema"


def available() -> list[tuple[int, str, str]]:
    """Number, name and SQL of every migration, in order."""
    files = sorted(FOLDER.glob("[0-9]*.sql"))
    return [(int(file.name[:4]), file.stem, file.read_text(encoding="utf-8")) for file in files]


def applied(store: Store) -> int:
    """Number of the newest migration in the store; 0 for a new one."""
    with store.read() as read:
        is_there = read.value(
            "select count(*) from information_schema.tables "
            "where table_catalog = current_catalog() and table_name = 'migrations'"
        )
        return int(read.value("select coalesce(max(number), 0) from migrations")) if is_there else 0


def migrate(store: Store, now: datetime) -> list[str]:
    """Run what is missing; the names that ran. Raises `StoreTooNew` for a store of a newer Comptoir."""
    known = available()
    have = applied(store)
    if have > known[-1][0]:
        raise StoreTooNew(
            f"This store was made by a newer Comptoir (its tables are version {have}, this program knows "
            f"{known[-1][0]}). Start the newer program, or restore a backup made before."
        )
    missing = [migration for migration in known if migration[0] > have]
    if not missing:
        return []
    with store.write() as write:
        if have == 0:
            write.execute("create table migrations (number integer, name varchar, applied_at timestamp)")
        for number, name, sql in missing:
            for statement in statements(sql):
                write.execute(statement)
            write.insert("migrations", [{"number": number, "name": name, "applied_at": now}])
    return [name for _, name, _ in missing]


def statements(sql: str) -> list[str]:
    """The statements of a migration: comment lines out, split where a line ends with a semicolon."""
    lines = [line for line in sql.splitlines() if not line.lstrip().startswith("--")]
    return [part.strip() for part in "\n".join(lines).split(";\n") if part.strip(" ;\n")]
