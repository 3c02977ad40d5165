"""Money: exact decimals with their currency; never a float, never summed across currencies."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_precision

ZERO = Decimal(0)
STORED = Decimal("0.001")  # the store keeps three decimals


@lru_cache(maxsize=512)
def decimals(currency: str) -> int:
    """Decimals of a currency's minor unit by CLDR, at most three: 2 for EUR, 0 for JPY, 3 for KWD."""
    return min(3, get_currency_precision(currency))


@lru_cache(maxsize=512)
def is_currency(code: str) -> bool:
    """Whether `code` is an ISO 4217 currency that CLDR knows."""
    return code in Locale("en").currencies


@lru_cache(maxsize=64)
def unit(currency: str) -> Decimal:
    """The smallest amount of a currency: 0.01 for EUR."""
    return Decimal(1).scaleb(-decimals(currency))


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Half up to the currency's smallest unit."""
    return amount.quantize(unit(currency), ROUND_HALF_UP)


def stored(amount: Decimal) -> Decimal:
    """Half up to the three decimals that the store keeps."""
    return amount.quantize(STORED, ROUND_HALF_UP)


@lru_cache(maxsize=4096)
def plain(amount: Decimal, currency: str) -> str:
    """As the API and files write it: "12.90". More decimals than the currency has are kept, never cut."""
    amount = amount or Decimal(0)  # a zero has no sign, whichever was asked first
    exact = amount.normalize()
    kept = max(decimals(currency), -int(exact.as_tuple().exponent) if exact else 0)
    return f"{amount:.{kept}f}"


@lru_cache(maxsize=4096)
def shown(amount: Decimal, currency: str, language: str) -> str:
    """As a person reads it: "1 234,50 €"."""
    try:
        return format_currency(amount, currency, locale=language)
    except UnknownLocaleError:
        return format_currency(amount, currency, locale="en")
