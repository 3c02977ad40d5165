"""A postal address as the lines of a mail, for reading; labels for parcels have their own rules."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from services.messages.wording import line
from services.orders.draft import Address

# countries that write the postal code after city and region
_CODE_LAST = {"AU", "BR", "CA", "GB", "IE", "IN", "NZ", "US"}


def lines(address: Address, speak: str) -> list[str]:
    """The address line by line, country last and named in `speak`; empty when there is no address."""
    place = (address.city, address.region, address.postal_code)
    if address.country not in _CODE_LAST:
        place = (address.postal_code, address.city, f"({address.region})" if address.region else "")
    rows = [
        address.name,
        address.company,
        address.line1,
        address.line2,
        " ".join(part for part in place if part),
        country(address.country, speak),
        address.phone,
    ]
    return [row for row in map(line, rows) if row]


@lru_cache(maxsize=1024)
def country(code: str, speak: str) -> str:
    """A country's name in `speak`; a text that is no ISO 3166 code stays as it is."""
    return str(Locale(speak).territories.get(code, code))
