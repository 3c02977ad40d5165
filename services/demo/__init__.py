"""The invented shop: `make`, `place_one` more order, and `clear` when the merchant starts their own."""

from services.demo.goods import place_goods
from services.demo.making import SEED, clear, make
from services.demo.ordering import place_one

__all__ = ["SEED", "clear", "make", "place_goods", "place_one"]
