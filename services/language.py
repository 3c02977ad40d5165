"""Every text a person sees: gettext catalogues (`services/locales/<language>/*.po`), dates and numbers by Babel.

`_("text")` translates at the call, into the language that `use()` set for this thread or task, else the default.
A catalogue may be split into several .po files of one folder; they count as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_timedelta, get_day_names
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from services import clock

LANGUAGES = ("en", "fr")
FOLDER = Path(__file__).parent / "locales"

_current: ContextVar[str] = ContextVar("language", default="en")


def current() -> str:
    """The language in use here: `en` or `fr`."""
    return _current.get()


def known(language: str) -> str:
    """The nearest language we speak to a code such as `fr-CA`; English when there is none."""
    short = language.lower().replace("_", "-").split("-")[0]
    return short if short in LANGUAGES else "en"


def set_language(language: str) -> None:
    """Speak `language` from here on in this thread or task."""
    _current.set(known(language))


@contextmanager
def use(language: str) -> Iterator[None]:
    """Speak `language` while the block lasts."""
    token = _current.set(known(language))
    try:
        yield
    finally:
        _current.reset(token)


@lru_cache(maxsize=64)
def conventions(language: str) -> Locale:
    """How a language writes dates, numbers and names of places. Kept, as the library takes a lock of the whole process
    each time that it is given the language by its name: with fifty people at work, threads did little else than wait
    for it."""
    return Locale.parse(language)


@lru_cache(maxsize=8)
def catalogue(language: str) -> dict[str, str | tuple[str, ...]]:
    """Every message of a language: id -> text, or texts by plural form (keyed by the singular id)."""
    found: dict[str, str | tuple[str, ...]] = {}
    for file in sorted((FOLDER / language).glob("*.po")):
        with file.open("rb") as lines:
            for message in read_po(lines, locale=language):
                if message.id and message.string:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    text = message.string
                    found[key] = text if isinstance(text, str) else tuple(text)
    return found


def _(text: str, **values: object) -> str:
    """`text` in the language in use, with `{name}` places filled from `values`."""
    translated = catalogue(current()).get(text, text)
    chosen = translated if isinstance(translated, str) else translated[0]
    return chosen.format(**values) if values else chosen


def n_(one: str, many: str, count: int, **values: object) -> str:
    """The form for `count` ("1 order", "5 orders"), with `{count}` and `values` filled in."""
    translated = catalogue(current()).get(one)
    index = _plural(current(), count)
    forms = translated if isinstance(translated, tuple) else (one, many)
    shown_count = number(count)
    return forms[min(index, len(forms) - 1)].format(**{"count": shown_count, **values})


def _plural(language: str, count: int) -> int:
    """Which plural form: French counts 0 and 1 as one, English only 1."""
    return int(count > 1) if language == "fr" else int(count != 1)


def number(value: int | Decimal, language: str | None = None) -> str:
    """A number as the language writes it: "1 234,5"."""
    return _number(value, language or current())


@lru_cache(maxsize=4096)
def _number(value: int | Decimal, language: str) -> str:
    return format_decimal(value, locale=conventions(language))


@lru_cache(maxsize=4096)
def _day(value: date, language: str) -> str:
    return format_date(value, "medium", locale=conventions(language))


def day(value: date, language: str | None = None) -> str:
    """ "14 Mar 2026" as the language writes it."""
    return _day(value, language or current())


def month(value: str, language: str | None = None) -> str:
    """ "2026-03" as "March 2026"."""
    return format_date(date.fromisoformat(f"{value}-01"), "LLLL y", locale=conventions(language or current()))


def weekday(value: int | Decimal, language: str | None = None) -> str:
    """1 as "Monday", to 7."""
    return str(get_day_names("wide", "stand-alone", conventions(language or current()))[int(value) - 1]).capitalize()


def moment(value: datetime, zone: str, language: str | None = None) -> str:
    """A UTC moment on the shop's clock: "14 mars 2026, 09:26"."""
    at = clock.local(value, zone)
    speak = language or current()
    return f"{_day(at.date(), speak)}, {at:%H:%M}"


def ago(value: datetime, now: datetime, language: str | None = None) -> str:
    """How long ago: "3 hours ago"."""
    return format_timedelta(value - now, add_direction=True, locale=conventions(language or current()))
