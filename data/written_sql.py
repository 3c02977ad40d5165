"""SQL as people read it: with its values written in, to run again (ours has parameters), and its steps indented."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal


def written_in(sql: str, values: Mapping[str, object]) -> str:
    """`sql` with each `$name` replaced by its value."""
    return re.sub(r"\$([a-z]\w*)", lambda mark: _literal(values[mark[1]]), sql)


def used(sql: str, values: Mapping[str, object]) -> dict[str, object]:
    """Those of the values that `sql` names."""
    names = set(re.findall(r"\$([a-z]\w*)", sql))
    return {name: value for name, value in values.items() if name in names}


def indented(sql: str) -> str:
    """A step of a statement, four places to the right."""
    return "\n".join(f"    {line}" if line else line for line in sql.splitlines())


def _literal(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_literal(part) for part in value) + "]"
    if isinstance(value, bool | int | Decimal):
        return str(value)
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    return "'" + str(value).replace("'", "''") + "'"
