"""Rates of value added tax and taxes like it that a line may have been taxed at: by country, in percent.

Sources, as published at the end of 2025, with the rates of the five years before that orders still carry: European
Commission, "VAT rates applied in the Member States" (Taxes in Europe Database); HM Revenue & Customs, "VAT rates";
Swiss Federal Tax Administration, "Tax rates"; Norwegian Tax Administration, "VAT rates"; Australian Taxation Office,
"GST"; New Zealand Inland Revenue, "GST"; National Tax Agency of Japan, "Consumption tax"; Inland Revenue Authority of
Singapore, "GST rates"; Canada Revenue Agency, "GST/HST rates". Sales taxes of the United States differ from town to
town and are not listed.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from data.currencies import decimals

_LISTED = {
    "AT": "20 13 10",
    "AU": "10",
    "BE": "21 12 6",
    "BG": "20 9",
    "CA": "5 13 14 15",
    "CH": "8.1 2.6 3.8 7.7 2.5 3.7",
    "CY": "19 9 5 3",
    "CZ": "21 12 15 10",
    "DE": "19 7",
    "DK": "25",
    "EE": "24 22 20 13 9 5",
    "ES": "21 10 4",
    "FI": "25.5 24 14 13.5 10",
    "FR": "20 10 5.5 2.1",
    "GB": "20 5",
    "GR": "24 13 6",
    "HR": "25 13 5",
    "HU": "27 18 5",
    "IE": "23 13.5 9 4.8",
    "IT": "22 10 5 4",
    "JP": "10 8",
    "LT": "21 12 9 5",
    "LU": "17 14 8 3 16 13 7",
    "LV": "21 12 5",
    "MC": "20 10 5.5 2.1",
    "MT": "18 12 7 5",
    "NL": "21 9",
    "NO": "25 15 12",
    "NZ": "15",
    "PL": "23 8 5",
    "PT": "23 13 6",
    "RO": "21 11 19 9 5",
    "SE": "25 12 6",
    "SG": "9 8 7",
    "SI": "22 9.5 5",
    "SK": "23 20 19 10 5",
}
RATES: dict[str, tuple[Decimal, ...]] = {
    country: tuple(Decimal(rate) for rate in listed.split()) for country, listed in _LISTED.items()
}
KNOWN = tuple(sorted({rate for rates in RATES.values() for rate in rates}, reverse=True))

_FILE = Path(__file__).parent / "queries" / "steps" / "tax_rates.sql"


def steps() -> str:
    """The steps of a statement that end in `rated_shares`: those of `shares`, each with its rate."""
    listed = ",\n        ".join(f"('{country}', {_list(rates)})" for country, rates in RATES.items())
    text = _FILE.read_text(encoding="utf-8").strip()
    comment, _newline, sql = text.partition("\nwith ")
    filled = (
        sql.replace("{listed}", listed).replace("{known}", _list(KNOWN)).replace("{decimals}", decimals("a.currency"))
    )
    return f"{comment}\n{filled}"


def _list(rates: tuple[Decimal, ...]) -> str:
    return f"[{', '.join(f'{rate:.1f}' for rate in rates)}]"
