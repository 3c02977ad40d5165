"""What stands on a parcel: the carrier recognised, and what is worth a second look."""

from __future__ import annotations

import pytest

from services.orders.actions.labels import carrier_of
from services.orders.statuses import ActionName
from services.shop import Shop
from tests.orders.moving import do, now, preview
from tests.orders.sample import draft, keep

SHIP = ActionName.MARK_SHIPPED
UPS = "1Z5R89390357567127"


@pytest.mark.parametrize(
    ("number", "method", "carrier"),
    [
        (UPS, "", "UPS"),
        (UPS, "Colissimo domicile", "UPS"),  # the number knows better than the checkout
        ("LP123456785FR", "", "La Poste"),
        ("LP123456785FR", "Colissimo domicile", "Colissimo"),  # one page, and the merchant's own word for it
        ("6A123", "", ""),
        ("60120172242323", "", ""),  # digits without a check digit: anybody's
        ("60120172242323", "DHL eCommerce", "DHL"),
        ("1Z5R89390357567128", "", ""),  # a wrong check digit
        # no check digit is published: a shape, believed where the shipping method names the carrier
        ("1234 5678", "Mondial Relay, point relais", "Mondial Relay"),
        ("996578788857", "GLS Business Parcel", "GLS"),
        ("zvc0gfhx", "GLS", "GLS"),
        ("12345678", "", ""),
        ("12345678", "GLS", ""),
        (UPS, "Mondial Relay", "UPS"),
    ],
)
def test_a_carrier_is_taken_from_the_number_only_without_doubt(number: str, method: str, carrier: str) -> None:
    assert carrier_of(number, method) == carrier


def test_an_empty_carrier_is_the_recognised_one_with_its_page(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, SHIP, tracking_number=UPS)
    [parcel] = now(shop, order).shipments
    assert parcel.carrier == "UPS"
    assert parcel.tracking_url == f"https://wwwapps.ups.com/WebTracking/track?track=yes&trackNums={UPS}"


def test_a_wrong_check_digit_is_warned_of_and_allowed(shop: Shop) -> None:
    [order] = keep(shop, draft())
    seen = preview(shop, order, SHIP, tracking_number="1Z5R89390357567128")
    assert seen.refused is None
    assert seen.warnings == ("The check digit of this tracking number is wrong: compare it with the label.",)
    do(shop, order, SHIP, tracking_number="1Z5R89390357567128")
    assert now(shop, order).shipments[0].tracking_number == "1Z5R89390357567128"


def test_a_number_that_is_another_carriers_is_warned_of(shop: Shop) -> None:
    [order] = keep(shop, draft())
    seen = preview(shop, order, SHIP, tracking_number=UPS, carrier="Chronopost")
    assert seen.warnings == ("This looks like a number of UPS, not of Chronopost.",)
    assert preview(shop, order, SHIP, tracking_number=UPS, carrier="ups france").warnings == ()
    assert preview(shop, order, SHIP, tracking_number=UPS, carrier="Jean's van").warnings == ()


def test_no_other_carriers_rule_is_held_against_a_number_that_has_the_shape_of_the_one_that_was_chosen(
    shop: Shop,
) -> None:
    [order] = keep(shop, draft())
    assert "FedEx" in preview(shop, order, SHIP, tracking_number="986578788855", carrier="Colissimo").warnings[0]
    assert preview(shop, order, SHIP, tracking_number="986578788855", carrier="GLS").warnings == ()


def test_another_carrier_and_its_link_go_in_and_come_out_as_typed(shop: Shop) -> None:
    [order] = keep(shop, draft())
    hostile = "<img src=x onerror=alert(1)> =cmd|' /C calc'!A0"
    do(
        shop,
        order,
        SHIP,
        carrier=hostile,
        tracking_number="[x](javascript:1)",
        tracking_url="https://example.com/?a=%3C",
    )
    [parcel] = now(shop, order).shipments
    assert (parcel.carrier, parcel.tracking_number) == (hostile, "[x](javascript:1)")
    assert parcel.tracking_url == "https://example.com/?a=%3C"
