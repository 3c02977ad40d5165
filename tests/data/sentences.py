"""Every sentence that the store can say, read from its source."""

from __future__ import annotations

import ast
from pathlib import Path

from data import errors, sentences
from data.errors import StoreError

DATA = Path(errors.__file__).parent
KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, StoreError)}


def said() -> set[str]:
    """The templates of all `StoreError`s that are raised in `data/`."""
    found = {value for name, value in vars(sentences).items() if name.isupper() and isinstance(value, str)}
    for file in DATA.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found
