"""An address is written as its destination reads it."""

from __future__ import annotations

import pytest

from services.orders.draft import Address
from services.paper.addresses import destination
from services.paper.places import written_code


def address(country: str, city: str, code: str, region: str = "", **parts: str) -> Address:
    given = {"name": "Inès Kaba", "line1": "12 rue des Lilas"} | parts
    return Address(city=city, postal_code=code, region=region, country=country, **given)


@pytest.mark.parametrize(
    ("given", "place"),
    [
        (address("FR", "Lyon", "69003"), ["69003 Lyon", "FRANCE"]),
        (address("US", "Palo Alto", "94303", "CA"), ["Palo Alto, CA 94303", "UNITED STATES"]),
        (address("CA", "Toronto", "m6k1v2", "ON"), ["Toronto, ON M6K 1V2", "CANADA"]),
        (address("GB", "London", "EC1M5RF", "England"), ["London", "EC1M 5RF", "UNITED KINGDOM"]),
        (address("IT", "Torino", "10121", "TO"), ["10121 Torino TO", "ITALY"]),
        (address("BR", "Rio de Janeiro", "20271110", "RJ"), ["Rio de Janeiro - RJ", "20271-110", "BRAZIL"]),
        (address("IN", "Mumbai", "400001", "Maharashtra"), ["Mumbai - 400001", "Maharashtra", "INDIA"]),
        (address("AU", "Sydney", "2000", "NSW"), ["Sydney NSW 2000", "AUSTRALIA"]),
        (address("SA", "الرياض", "12844"), ["الرياض 12844", "SAUDI ARABIA"]),
        (address("MX", "Guadalajara", "44100", "Jal."), ["44100 Guadalajara, Jal.", "MEXICO"]),
        (address("BR", "Brasília", ""), ["Brasília", "BRAZIL"]),
        (address("US", "", "94303", "CA"), ["CA 94303", "UNITED STATES"]),
        (address("SG", "Singapore", "018956", "Singapore"), ["Singapore 018956", "SINGAPORE"]),
    ],
)
def test_the_place_is_written_as_its_country_writes_it(given: Address, place: list[str]) -> None:
    assert destination(given, "DE", "en") == ["Inès Kaba", "12 rue des Lilas", *place]


def test_a_parcel_that_stays_in_its_country_does_not_name_it() -> None:
    assert destination(address("FR", "Lyon", "69003"), "FR", "fr")[-1] == "69003 Lyon"


def test_the_country_is_named_in_the_senders_language() -> None:
    assert destination(address("DE", "Köln", "50667"), "FR", "fr")[-1] == "ALLEMAGNE"


def test_a_japanese_address_goes_from_the_large_to_the_small() -> None:
    given = address("JP", "広島市中区", "7300846", "広島県", name="佐藤花子", line1="舟入川口町1-2", company="食辛房")
    assert destination(given, "FR", "fr") == [
        "〒730-0846", "広島県広島市中区", "舟入川口町1-2", "食辛房", "佐藤花子 様", "JAPON"
    ]  # fmt: skip


def test_a_japanese_address_in_our_letters_goes_our_way_and_keeps_its_city() -> None:
    given = address("JP", "Hiroshima", "730-0846", "Hiroshima-ken", line1="1-2 Funairi")
    assert destination(given, "FR", "en")[2:] == ["Hiroshima, Hiroshima-ken 730-0846", "JAPAN"]


def test_a_korean_address_ends_with_name_and_code() -> None:
    given = address("KR", "강남구", "06236", "서울특별시", name="김민준", line1="테헤란로 123")
    assert destination(given, "FR", "en") == ["서울특별시 강남구 테헤란로 123", "김민준 귀하", "06236", "SOUTH KOREA"]


def test_a_country_nobody_knows_and_line_breaks_stay_one_line_each() -> None:
    given = Address(name="A\nB", line1="Street\r\n1", city="Town", country="Atlantis")
    assert destination(given, "FR", "en") == ["A B", "Street 1", "Town", "ATLANTIS"]


@pytest.mark.parametrize(
    ("country", "given", "written"),
    [("PL", "00950", "00-950"), ("NL", "1012ab", "1012 AB"), ("SE", "114 55", "114 55"), ("GB", "nonsense", "nonsense"),
     ("FR", "01000", "01000"), ("US", "10001", "10001"), ("US", "100012345", "10001-2345")],
)  # fmt: skip
def test_a_postal_code_gets_its_countrys_blank_or_dash(country: str, given: str, written: str) -> None:
    assert written_code(country, given) == written
