"""The press: sets what a paper says, by its template, into a PDF.

Texts of customers reach the templates as data, never as their source: no text can be taken for a command.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from services.paper.fonts import fonts

TEMPLATES = Path(__file__).parent / "templates"

_LOCK = Lock()  # one paper at a time: a large one takes both cores and some memory


def pdf(template: str, content: Mapping[str, Any], at: datetime) -> bytes:
    """The PDF of `content` by `templates/<template>.typ`; `at` is the UTC moment that it bears as its making."""
    with _LOCK:
        made = _compiler(template).compile(
            format="pdf", sys_inputs={"content": json.dumps(content)}, timestamp=at.replace(tzinfo=UTC, microsecond=0)
        )
    if not isinstance(made, bytes):
        raise TypeError(f"The press made {type(made).__name__} instead of one PDF.")
    return made


@cache
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(TEMPLATES / f"{template}.typ", root=TEMPLATES, font_paths=fonts())
