"""Orders that the customer fetches at the shop."""

import pytest

from services.orders.pickup import is_pickup


@pytest.mark.parametrize("method", ["Local pickup", "Click & Collect", "Retrait en boutique", "À retirer", "PICK-UP"])
def test_the_customer_comes_to_the_shop(method: str) -> None:
    assert is_pickup(method)


@pytest.mark.parametrize(
    "method", ["", "Colissimo", "Point Relais retrait", "Mondial Relay", "Locker pickup", "Pickupp"]
)
def test_a_carriers_parcel_is_no_pickup(method: str) -> None:
    assert not is_pickup(method)
