"""What a table holds in a few figures, so that two stores can be said to hold the same: rows, sums and a hash of all
that is in them, whatever the order of rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from data.doors import Reader

# Tables that upkeep makes for a moment and that are no part of the shop.
_PASSING = ("sorted_terms", "moving")


# Name and type of a table's columns, by name: their order does not count.
Columns = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Proof:
    """`sums` are those of the columns with a decimal point, as text. `content` is the sum of the engine's hash of every
    row: comparable only between two stores that the same version of the engine has read."""

    rows: int
    sums: dict[str, str] = field(default_factory=dict)
    content: str = ""


def tables_of(read: Reader) -> list[str]:
    """The names of the store's tables."""
    found = read.rows(
        "select table_name from information_schema.tables where table_catalog = current_catalog() "
        "and table_schema = 'main' and table_type = 'BASE TABLE' order by table_name"
    )
    return [row["table_name"] for row in found if row["table_name"] not in _PASSING]


def columns_of(read: Reader) -> dict[str, Columns]:
    """The columns of every table."""
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in tables_of(read)}
    for table, name, kind in read.tuples(
        "select table_name, column_name, data_type from information_schema.columns "
        "where table_catalog = current_catalog() and table_schema = 'main' order by column_name"
    ):
        if table in found:
            found[table].append((name, kind))
    return {table: tuple(columns) for table, columns in found.items()}


def proof(read: Reader, table: str, columns: Columns) -> Proof:
    """What `table` holds now; one pass over it."""
    return _proof(read, table, columns)


def proof_of_file(read: Reader, file: str, columns: Columns) -> Proof:
    """The same of rows that lie in a Parquet file, read as columns of a table."""
    cast = ", ".join(f"{name}::{kind} as {name}" for name, kind in columns)
    return _proof(read, f"(select {cast} from read_parquet('{quoted(file)}'))", columns)


def engine(read: Reader) -> str:
    """The version of the engine."""
    return str(read.value("select version()"))


def quoted(text: object) -> str:
    """A text for between two quotes in SQL, where no parameter is taken (the name of a file)."""
    return str(text).replace("'", "''")


def _proof(read: Reader, source: str, columns: Columns) -> Proof:
    names = [name for name, _kind in columns]
    money = [name for name, kind in columns if kind.startswith("DECIMAL")]
    sums = "".join(f", sum({name})::varchar" for name in money)
    ((rows, content, *found),) = read.tuples(
        f"select count(*), coalesce(sum(hash({', '.join(names)})::hugeint), 0)::varchar{sums} from {source}"
    )
    return Proof(int(rows), {name: value or "0" for name, value in zip(money, found, strict=True)}, str(content))
