"""The invented shop: `make`, and `clear` when the merchant starts their own."""

from services.demo.making import clear, make

__all__ = ["clear", "make"]
