"""The press: sets what a paper says, by its template, into a PDF.

It is a program of its own, so that the memory of five hundred pages goes back when they are printed, and so that what
goes wrong in it stays there. Texts of customers reach the templates as data, never as their source: no text can be
taken for a command.
"""

from __future__ import annotations

import base64
import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from services.errors import Unavailable
from services.language import _

TEMPLATES = Path(__file__).parent / "templates"
LONGEST = 120.0  # seconds for one file
DOTS = 144.0  # of a picture, on an inch of 72 points

log = logging.getLogger("comptoir")


def pdf(template: str, content: Mapping[str, Any], at: datetime) -> bytes:
    """The PDF of `content` by `templates/<template>.typ`; `at` is the UTC moment that it bears as its making. Raises
    `Unavailable` when it cannot be made."""
    return _run({"template": template, "content": json.dumps(content), "at": at.timestamp()})


def pictures(template: str, content: Mapping[str, Any]) -> list[bytes]:
    """The pages of `content` by `templates/<template>.typ`, a PNG each. Raises `Unavailable` when they cannot be
    made."""
    made = _run({"template": template, "content": json.dumps(content), "at": 0, "is_picture": True})
    return [base64.b64decode(one) for one in json.loads(made)]


def _run(asked: Mapping[str, Any]) -> bytes:
    """What the press as a program of its own says to what it is asked."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "services.paper.press"],
            input=json.dumps(asked).encode(),
            capture_output=True,
            cwd=Path(__file__).parents[2],
            timeout=LONGEST,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        said = getattr(error, "stderr", None) or b""
        log.error("A paper could not be printed: %s %s", error, said.decode("utf-8", "replace")[-2000:])
        raise Unavailable(_("The file could not be printed; the log of the shop says why.")) from error
    return done.stdout


def _set(asked: Mapping[str, Any]) -> bytes:
    import typst

    from services.paper.fonts import fonts

    compiler = typst.Compiler(TEMPLATES / f"{asked['template']}.typ", root=TEMPLATES, font_paths=fonts())
    inputs = {"content": asked["content"]}
    if asked.get("is_picture"):
        pages = compiler.compile(format="png", sys_inputs=inputs, ppi=DOTS)
        listed = pages if isinstance(pages, list) else [pages]
        return json.dumps([base64.b64encode(one or b"").decode() for one in listed]).encode()
    at = datetime.fromtimestamp(asked["at"], UTC).replace(microsecond=0)
    made = compiler.compile(format="pdf", sys_inputs=inputs, timestamp=at)
    if not isinstance(made, bytes):
        raise TypeError(f"The press made {type(made).__name__} instead of one PDF.")
    return made


if __name__ == "__main__":
    sys.stdout.buffer.write(_set(json.load(sys.stdin)))
