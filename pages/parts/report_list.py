"""Reports by mail."""

from __future__ import annotations

from services.shop import Shop


def show(shop: Shop) -> None:
    """Draw them."""
