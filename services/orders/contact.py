"""Contact data at the door: e-mail, phone, language and postal addresses, checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from babel import Locale

from services.language import _
from services.orders.body import LINE, Body
from services.orders.draft import Address

LONGEST_EMAIL = 254
_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\".]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_TEXTS = ("name", "company", "line1", "line2", "city", "region", "postal_code", "phone")


def email(body: Body, name: str) -> str:
    """One e-mail address, or empty."""
    text = body.text(name, LONGEST_EMAIL).strip()
    if text and not _EMAIL.fullmatch(text):
        body.fault(name, _("This is not an e-mail address."))
    return text


def language(body: Body, name: str) -> str:
    """A language code such as `fr` or `fr-CA`, or empty."""
    text = body.text(name, 35).strip()
    if text and not _LANGUAGE.fullmatch(text):
        body.fault(name, _("This is not a language code such as fr or fr-CA."))
    return text


def country(body: Body, name: str) -> str:
    """A country's ISO 3166 code of two letters, or empty."""
    text = body.text(name, 10).strip().upper()
    if text and text not in _countries():
        body.fault(name, _("This is not a country code of two letters such as FR."))
    return text


def line(body: Body, name: str) -> str:
    """One line of text."""
    return body.text(name, LINE)


READERS: dict[str, Callable[[Body, str], str]] = {"email": email, "name": line, "phone": line, "language": language}


def address_parts(body: Body) -> dict[str, str]:
    """The parts of an address that were given."""
    given = {name: line(body, name) for name in _TEXTS if body.has(name)}
    return given | ({"country": country(body, "country")} if body.has("country") else {})


def address(body: Body | None) -> Address:
    """A whole address; empty when none was given."""
    return Address(**address_parts(body)) if body else Address()


@lru_cache
def _countries() -> frozenset[str]:
    codes = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - {"EU", "EZ", "UN", "ZZ"}
