"""Tables of a shared store that nothing was ever put in, made known to its catalogue.

DuckLake keeps what the catalogue says of a table's rows, but of a table that never had one there is nothing to keep: it
asks anew for every column of every question, which was more than half of what it takes to read one order. A row that
is put in and taken out again in one transaction, which nobody ever sees, leaves the figures of none.
"""

from __future__ import annotations

from data.store import Row, Store, Writer

# A value of each type that our tables have; all others are numbers.
_VALUES = {
    "VARCHAR": "''",
    "UUID": "'00000000-0000-0000-0000-000000000000'",
    "TIMESTAMP": "'1970-01-01'",
    "DATE": "'1970-01-01'",
    "BOOLEAN": "false",
    "BLOB": "''",
}


def make_known(store: Store) -> list[str]:
    """Do so for all that need it, and see to the catalogue's indexes; the names of the tables. An embedded store has
    none."""
    if not store.catalogue:
        return []
    store.catalogue.index()
    if not store.catalogue.untold():
        return []
    with store.write() as write:
        names = store.catalogue.untold()
        for name in names:
            _in_and_out(write, name)
    return names


def _in_and_out(write: Writer, table: str) -> None:
    columns: list[Row] = write.rows(
        "select column_name as name, data_type as type from information_schema.columns "
        "where table_catalog = current_catalog() and table_name = ?",
        [table],
    )
    values = ["[]" if column["type"].endswith("[]") else _VALUES.get(column["type"], "0") for column in columns]
    write.execute(f"insert into {table} ({', '.join(one['name'] for one in columns)}) select {', '.join(values)}")
    write.execute(f"delete from {table}")
