"""Orders that the customer fetches at the shop."""

from __future__ import annotations

import re
import unicodedata

_WORDS = re.compile(
    r"\b(pick[ -]?up|click (and|&|et) collect|collect in store|local collection|retrait|"
    r"a (retirer|emporter)|abholung|selbstabholung|ritiro in negozio|recogida en tienda)\b"
)
_PARCEL_SHOP = re.compile(r"\b(point relais|relais colis|mondial relay|parcel ?shop|pickup point|locker|packstation)\b")


def is_pickup(shipping_method: str) -> bool:
    """Whether a shipping method's own words mean that the customer comes to the shop; a carrier's parcel shop is a
    parcel like another."""
    plain = unicodedata.normalize("NFKD", shipping_method.casefold())
    words = "".join(c for c in plain if not unicodedata.combining(c))
    return bool(_WORDS.search(words)) and not _PARCEL_SHOP.search(words)
