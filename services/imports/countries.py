"""Countries and languages by the names that files use."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from babel import Locale

_MORE = {
    "usa": "US", "us of a": "US", "united states of america": "US", "uk": "GB", "great britain": "GB", "england": "GB",
    "scotland": "GB", "wales": "GB", "northern ireland": "GB", "holland": "NL", "czech republic": "CZ", "burma": "MM",
    "ivory coast": "CI", "south korea": "KR", "north korea": "KP", "russian federation": "RU", "viet nam": "VN",
    "macedonia": "MK", "swaziland": "SZ", "turkey": "TR", "democratic republic of the congo": "CD",
    "republic of the congo": "CG", "myanmar (burma)": "MM", "hong kong": "HK", "macau": "MO", "syria": "SY",
}  # fmt: skip


@lru_cache(maxsize=4096)
def country(text: str) -> str:
    """ISO 3166 alpha-2 of a code or a name in a common language; the text itself when it is none we know."""
    bare = text.strip()
    if len(bare) == 2 and bare.upper() in _codes():
        return bare.upper()
    return _names().get(_folded(bare), bare)


def _folded(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in spread if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha())


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("en", "fr", "de", "es", "it"):
        for code, name in Locale(language).territories.items():
            if code in _codes():
                found.setdefault(_folded(name), code)
    return found | _MORE
