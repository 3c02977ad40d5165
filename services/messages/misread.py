"""Why a template cannot be read, in our own sentences: the engine tells it in English, for programmers."""

from __future__ import annotations

import re
from collections.abc import Callable

from services.language import _

_TAGS = ("if", "elif", "else", "endif", "for", "endfor")
_SIGNS = {
    "end of print statement": "}}",
    "begin of print statement": "{{",
    "end of statement block": "%}",
    "begin of statement block": "{%",
}
_OPENED_BY = {"}}": "{{", "%}": "{%"}


def sentence(reason: str) -> str:
    """The sentence for what the engine said; with its own words where we have none."""
    for told, said in _KNOWN:
        if found := re.search(told, reason):
            return said(*found.groups())
    return _("This cannot be read: {reason}", reason=reason)


def _tag(tag: str, opened: str | None) -> str:
    if tag not in _TAGS:
        return _("There is no tag “{tag}”. The tags are: {known}.", tag=tag[:80], known=", ".join(_TAGS))
    if opened is None:
        return _("“{tag}” belongs to nothing here: what it belongs to was not opened, or is closed already.", tag=tag)
    return _("“{tag}” cannot stand here: “{open}” is still open, close it with “{end}”.", tag=tag, **_pair(opened))


def _unclosed(opened: str) -> str:
    return _("“{open}” is never closed: “{end}” is missing.", **_pair(opened))


def _unended(end: str) -> str:
    sign = _sign(end)
    return _("“{open}” is never closed: “{end}” is missing.", open=_OPENED_BY.get(sign, "…"), end=sign)


def _pair(opened: str) -> dict[str, object]:
    return {"open": opened, "end": f"end{opened}"}


def _instead(wanted: str, found: str) -> str:
    if wanted == "in":
        return _("“for” goes through one list, such as: for line in lines.")
    if wanted == "name":
        return _("A name is missing before “{sign}”.", sign=_sign(found))
    return _("“{found}” stands where “{wanted}” was expected.", found=_sign(found), wanted=_sign(wanted))


def _misplaced(sign: str) -> str:
    if sign in ("'", '"'):
        return _("A quotation mark is opened and never closed.")
    return _("“{sign}” cannot stand here.", sign=_sign(sign))


def _sign(told: str) -> str:
    return _SIGNS.get(told, told[:80])


# What the engine says -> what we say of it; the first that fits.
_KNOWN: tuple[tuple[str, Callable[..., str]], ...] = (
    (r"^Encountered unknown tag '(.*?)'\.(?:.*needs to be closed is '(\w+)')?", _tag),
    (r"^Unexpected end of template\..*needs to be closed is '(\w+)'", _unclosed),
    (r"^unexpected end of template, expected '(.*)'", _unended),
    (r"^Missing end of comment", lambda: _("“{open}” is never closed: “{end}” is missing.", open="{#", end="#}")),
    (r"^Missing end of raw", lambda: _unclosed("raw")),
    (r"^Expected an expression, got '(.*)'", lambda found: _("A value is missing before “{sign}”.", sign=_sign(found))),
    (r"^expected name or number", lambda: _("A name is missing after a dot.")),
    (r"^tag name expected", lambda: _("A tag is empty. The tags are: {known}.", known=", ".join(_TAGS))),
    (r"^expected token '(.*)', got '(.*)'", _instead),
    (r"^unexpected '(.*)', expected '(.*)'", lambda found, wanted: _instead(wanted, found)),
    (r"^unexpected char (?:'(.)'|\"(?:'|.)\") at", lambda sign: _misplaced(sign or "'")),
    (r"^unexpected '(.*)'", _misplaced),
)
