"""How countries write the line of the place: facts, by country.

Checked against the address test cases of OpenCageData's address-formatting and the postal services' own examples. A
bar is a line break; what an address does not have is left out with the signs around it.
"""

from __future__ import annotations

import re

USUAL = "{code} {city}|{region}"

_FORMS: dict[str, str] = {
    "{city} {code}|{region}": "BG BH BN BT ID KH KY LK LS MU MV NP NZ PK SA SG SH SZ TW XK",
    "{city}, {region} {code}": "AS CA FM GU JP KR MH MP PR PW US VI CN",
    "{city} {region} {code}": "AU NF CX CC",
    "{city}|{code}": "FK GB GI GG IM IO JE PN TC KE ZA",
    "{city}|{region}|{code}": "EG IE IQ IR KZ RU UA UZ",
    "{city} - {region}|{code}": "BR",
    "{city} - {code}|{region}": "BD IN",
    "{code} {city} {region}": "IT SM VA",
    "{code} {city}, {region}": "MX",
    "{code} {city}/{region}": "TR",
    "{city}, {code}|{region}": "CU LV MM TT",
    "{code}-{city}|{region}": "CV GT",
    "{city}|{region} {code}": "TH VN",
    "{city} {code}, {region}": "VE",
    "{city}|{region}": "AE AG AO BS BW BZ CW DM FJ GD GH GM GY HK JM KM LC MO MW NG PG QA RW SB SC SL SO SR TO TV UG"
    " VC VU WS YE ZM ZW",
}
FORMS = {country: form for form, countries in _FORMS.items() for country in countries.split()}

# country -> (pattern of a code without its sign, how it is written)
_CODES: dict[str, tuple[str, str]] = {
    "BR": (r"(\d{5})(\d{3})", r"\1-\2"),
    "CA": (r"([A-Z]\d[A-Z])(\d[A-Z]\d)", r"\1 \2"),
    "CZ": (r"(\d{3})(\d{2})", r"\1 \2"),
    "GB": (r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", r"\1 \2"),
    "GR": (r"(\d{3})(\d{2})", r"\1 \2"),
    "JP": (r"(\d{3})(\d{4})", r"\1-\2"),
    "NL": (r"(\d{4})([A-Z]{2})", r"\1 \2"),
    "PL": (r"(\d{2})(\d{3})", r"\1-\2"),
    "PT": (r"(\d{4})(\d{3})", r"\1-\2"),
    "SE": (r"(\d{3})(\d{2})", r"\1 \2"),
    "SK": (r"(\d{3})(\d{2})", r"\1 \2"),
    "US": (r"(\d{5})(\d{4})", r"\1-\2"),
}


def place(country: str, city: str, region: str, code: str) -> list[str]:
    """The lines that name the place of an address in `country` (ISO 3166 alpha-2)."""
    parts = {"city": city, "region": "" if region == city else region, "code": written_code(country, code)}
    return [line for row in FORMS.get(country, USUAL).split("|") if (line := _filled(row, parts))]


def written_code(country: str, code: str) -> str:
    """A postal code with the blank or dash that its country writes; one of another shape stays as it is."""
    bare = re.sub(r"[\s-]", "", code.upper())
    pattern, form = _CODES.get(country, ("", ""))
    found = re.fullmatch(pattern, bare, re.ASCII) if pattern else None
    return found.expand(form) if found else code


def _filled(row: str, parts: dict[str, str]) -> str:
    """A line with its parts; a sign between two parts is written only where both are there."""
    line, sign = "", ""
    for name, after in re.findall(r"\{(\w+)\}([^{]*)", row):
        if parts[name]:
            line, sign = f"{line}{sign if line else ''}{parts[name]}", after
        elif line and after.strip():
            sign = after
    return line
