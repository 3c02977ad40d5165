"""The log: one line for each request, turn and failure, for machines as JSON or for people as text.

It tells what the program did, never for whom: no names, addresses, texts or search words. So a line of a failure says
the kind of the error and the places in our source that it came through, not the error's own words, which may hold what
a customer typed; e-mail addresses are masked wherever they turn up; requests are told by the template of their route.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from data.errors import StoreError

Kind = Literal["auto", "json", "plain"]
KINDS: tuple[Kind, ...] = ("auto", "json", "plain")

_ROOT = str(Path(__file__).parents[1]) + "/"
_PLACES = 8  # places in the source that a line tells, the innermost last
_LONGEST = 500  # characters of a message
_MAIL = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;:]+")
_OURS = "comptoir"
# Theirs have handlers of their own, which would write beside ours in another form.
_THEIRS = ("streamlit", "uvicorn", "websockets")
_ACCESS = "uvicorn.access"  # it tells whole paths and who asked
# An id that a caller gives goes into every line and back in the answer: nothing but these, and not for ever.
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

_request: ContextVar[str] = ContextVar("request", default="")


def new_id(given: str = "") -> str:
    """The id of a request or turn: the caller's own when it is one, else a new one."""
    return given if _ID.fullmatch(given) else secrets.token_hex(8)


@contextmanager
def about(request_id: str) -> Iterator[None]:
    """Lines that are written while the block lasts bear this id."""
    token = _request.set(request_id)
    try:
        yield
    finally:
        _request.reset(token)


def event(name: str, level: int = logging.INFO, **fields: str | int | float | bool | None) -> None:
    """A line with fields of its own. The caller answers for it that none of them is a person's."""
    logging.getLogger(_OURS).log(level, name, extra={"fields": fields})


def begin(kind: Kind) -> None:
    """Write all lines of this process to stderr in one form; `auto` is text on a terminal, JSON elsewhere. To be called
    again when the server has set up its own."""
    is_plain = kind == "plain" or (kind == "auto" and sys.stderr.isatty())
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, _Ours)]:
        root.removeHandler(handler)
    handler = _Ours()
    handler.setFormatter(Plain() if is_plain else Json())
    root.addHandler(handler)
    logging.getLogger(_OURS).setLevel(logging.INFO)
    for name in [*_THEIRS, *logging.Logger.manager.loggerDict]:
        if name.split(".")[0] in _THEIRS:
            logger = logging.getLogger(name)
            logger.handlers.clear()
            logger.propagate = True
    logging.getLogger(_ACCESS).disabled = True


class _Ours(logging.StreamHandler):  # type: ignore[type-arg]
    """Our handler; it writes to what is stderr when a line comes. The server's lines about browsers that connect hold
    their addresses, and are let go: figures count them."""

    def filter(self, record: logging.LogRecord) -> bool:
        is_about_browser = record.name == "uvicorn.error" and (
            "WebSocket" in str(record.msg) or "connection" in str(record.msg)
        )
        return not (is_about_browser and record.levelno <= logging.INFO)

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


class Json(logging.Formatter):
    """A line as JSON: at, level, logger, message, request, then the fields of its own."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(told(record), ensure_ascii=False, default=str)


class Plain(logging.Formatter):
    """A line as text."""

    def format(self, record: logging.LogRecord) -> str:
        line = told(record)
        head = f"{line.pop('at')} {line.pop('level')} {line.pop('logger')} {line.pop('message')}"
        return " ".join([head, *(f"{name}={_shown(value)}" for name, value in line.items())])


def told(record: logging.LogRecord) -> dict[str, Any]:
    """What a line says."""
    at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    line: dict[str, Any] = {
        "at": at, "level": record.levelname.lower(), "logger": record.name, "message": _message(record),
    }  # fmt: skip
    if request := _request.get():
        line["request"] = request
    line |= getattr(record, "fields", {})
    if record.exc_info and record.exc_info[1]:
        line |= _failure(record.exc_info[1])
    return line


def _message(record: logging.LogRecord) -> str:
    """The line's own words. An error among what is filled in is told by its kind, and one of the store's by its
    sentence before the values came in."""
    given = record.args if isinstance(record.args, tuple) else (record.args,) if record.args else ()
    safe = tuple(_kind(one) if isinstance(one, BaseException) else one for one in given)
    try:
        words = str(record.msg) % safe if safe else str(record.msg)
    except (TypeError, ValueError):
        words = str(record.msg)
    if not record.name.startswith(_OURS):
        words = re.sub(r"\b(exception|result)=.*", r"\1=…", words.partition("\n")[0])
    return _MAIL.sub("…@…", words)[:_LONGEST]


def _failure(error: BaseException) -> dict[str, Any]:
    """The kind of an error and its causes, and the places in our source that it came through."""
    kinds, cause, seen = [], error, set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        kinds.append(_kind(cause))
        cause = cause.__cause__ or cause.__context__  # type: ignore[assignment]
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.removeprefix(_ROOT)}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": " < ".join(kinds), "where": places[-_PLACES:]}


def _kind(error: BaseException) -> str:
    store_error = error if isinstance(error, StoreError) else error.__cause__
    name = type(error).__name__
    return f"{name}: {store_error.template}" if isinstance(store_error, StoreError) else name


def _shown(value: object) -> str:
    return "[" + ", ".join(map(str, value)) + "]" if isinstance(value, list) else str(value)
