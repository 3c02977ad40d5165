"""An address as its destination reads it, line by line: for labels and the address window of a letter."""

from __future__ import annotations

import re

from babel import Locale

from services.messages.wording import line
from services.orders.draft import Address
from services.paper.places import place, written_code

# Han, kana and Hangul: where an address is written in them, it goes from the large to the small
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_NATIVE = ("CN", "HK", "JP", "KR", "MO", "TW")


def destination(address: Address, sent_from: str, speak: str) -> list[str]:
    """The address as the destination's carriers read it, the country last in capitals and in `speak`, the language of
    where it is sent from; a parcel that stays in its country (`sent_from`, ISO 3166 alpha-2) does not name it."""
    cleaned = Address(**{name: line(getattr(address, name)) for name in Address.__dataclass_fields__})
    rows = _eastern(cleaned) if _is_eastern(cleaned) else _western(cleaned)
    country = cleaned.country
    if country and country != sent_from:
        rows.append(str(Locale(speak).territories.get(country, country)).upper())
    return [row for row in rows if row]


def _western(address: Address) -> list[str]:
    rows = [address.name, "" if address.company == address.name else address.company, address.line1, address.line2]
    return rows + place(address.country, address.city, address.region, address.postal_code)


def _is_eastern(address: Address) -> bool:
    return address.country in _NATIVE and bool(_EASTERN.search(address.line1 + address.city))


def _eastern(address: Address) -> list[str]:
    code = written_code(address.country, address.postal_code)
    where = address.region + address.city if address.region != address.city else address.city
    if address.country == "KR":
        where = " ".join(part for part in (address.region, address.city, address.line1) if part)
        return [where, address.line2, address.company, f"{address.name} 귀하" if address.name else "", code]
    if address.country == "JP":
        code, name = f"〒{code}" if code else "", f"{address.name} 様" if address.name else ""
        return [code, where, address.line1, address.line2, address.company, name]
    return [code, where, address.line1, address.line2, address.company, address.name]
