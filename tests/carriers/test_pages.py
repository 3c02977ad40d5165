"""The public page that tracks a parcel."""

import pytest

from services.carriers.pages import PAGES, tracking_url


def test_a_known_carrier_gives_its_tracking_page() -> None:
    assert (
        tracking_url("Colissimo", "6A 1234 5678") == "https://www.laposte.fr/outils/suivre-vos-envois?code=6A12345678"
    )
    assert tracking_url("dhl express", "123").startswith("https://www.dhl.com/")


def test_a_number_cannot_break_out_of_the_address() -> None:
    assert (
        tracking_url("UPS", "1Z&x=<b>#")
        == "https://wwwapps.ups.com/WebTracking/track?track=yes&trackNums=1Z%26x%3D%3Cb%3E%23"
    )


@pytest.mark.parametrize(("carrier", "number"), [("", "1Z"), ("Jean's van", "1Z"), ("UPS", ""), ("UPS", "  ")])
def test_without_a_known_carrier_or_a_number_there_is_no_page(carrier: str, number: str) -> None:
    assert tracking_url(carrier, number) == ""


def test_every_page_is_https_and_has_one_place_for_the_number() -> None:
    for page in PAGES.values():
        assert page.startswith("https://")
        assert page.count("{number}") == 1
