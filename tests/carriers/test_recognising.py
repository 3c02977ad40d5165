"""Whose a tracking number is, held to every number that the rules publish."""

from __future__ import annotations

import pytest

from services.carriers.recognising import fits, has_rules, is_mistyped, recognised, sole
from services.carriers.rules import Rule, rules

PUBLISHED = [(rule, number, is_valid) for rule in rules() for number, is_valid in rule.tested]


@pytest.mark.parametrize(("rule", "number", "is_valid"), PUBLISHED, ids=lambda given: str(given)[:40])
def test_every_published_number_is_told_right_from_wrong(rule: Rule, number: str, is_valid: bool) -> None:
    assert fits(rule, number) is is_valid


def test_no_published_number_is_left_out() -> None:
    theirs = [is_valid for rule, _number, is_valid in PUBLISHED if rule.carrier != "la_poste"]
    assert (theirs.count(True), theirs.count(False)) == (192, 88)


@pytest.mark.parametrize(
    "number", [number for rule, number, is_valid in PUBLISHED if is_valid and rule.carrier != "la_poste"]
)
def test_a_valid_number_is_among_the_guesses_of_its_carrier(number: str) -> None:
    assert any(guess.holds is not False for guess in recognised(number))


@pytest.mark.parametrize(
    ("number", "name", "url"),
    [
        ("1Z5R89390357567127", "UPS", "https://wwwapps.ups.com/WebTracking/track?track=yes&trackNums=1Z5R89390357567127"),
        (" 1z 5r8939-0357567127 ", "UPS", "https://wwwapps.ups.com/WebTracking/track?track=yes&trackNums=1Z5R89390357567127"),
        ("LP123456785FR", "La Poste", "https://www.laposte.fr/outils/suivre-vos-envois?code=LP123456785FR"),
        ("XY123456785FR", "Chronopost", "https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT=XY123456785FR"),
        ("8D00432154798", "Colissimo", "https://www.laposte.fr/outils/suivre-vos-envois?code=8D00432154798"),
        ("RB123456785GB", "Royal Mail", "https://www.royalmail.com/track-your-item#/tracking-results/RB123456785GB"),
        ("RB123456785US", "USPS", "https://tools.usps.com/go/TrackConfirmAction?tLabels=RB123456785US"),
        ("JJD0099999999", "DHL", "https://www.dhl.com/en/express/tracking.html?brand=DHL&AWB=JJD0099999999"),
    ],
)  # fmt: skip
def test_a_number_tells_its_carrier_and_the_page_that_tracks_it(number: str, name: str, url: str) -> None:
    guess = sole(number)
    assert guess is not None
    assert (guess.name, guess.url) == (name, url)


def test_a_wrong_check_digit_is_still_the_carriers_number_and_says_so() -> None:
    [guess] = recognised("1Z5R89390357567128")
    assert (guess.name, guess.holds) == ("UPS", False)
    assert is_mistyped("1Z5R89390357567128")
    assert is_mistyped("1Z5R89390357567128", "ups")
    assert not is_mistyped("1Z5R89390357567127")
    assert sole("1Z5R89390357567128") is None


def test_a_carrier_whose_rules_we_do_not_have_is_never_told_off() -> None:
    assert not is_mistyped("12345678901", "GLS")
    assert not is_mistyped("996578788855", "Jean's van")
    assert not is_mistyped("1Z5R89390357567128", "LaserShip")


def test_a_few_digits_may_be_anybodys() -> None:
    assert not any(is_mistyped(number) for number in ("3318810010", "12345678"))
    assert is_mistyped("3318810010", "DHL Express")
    assert is_mistyped("996578788855")


def test_it_says_whose_numbers_are_known() -> None:
    assert has_rules("dhl express")
    assert has_rules("Colissimo")
    assert not has_rules("Mondial Relay")
    assert not has_rules("")


def test_mere_digits_without_a_check_digit_are_a_proposal_only() -> None:
    assert "DHL" in {guess.name for guess in recognised("60120172242323")}
    assert sole("60120172242323") is None


@pytest.mark.parametrize(
    "number",
    [
        "",
        "  ",
        "#☠1☢\n---\n4321",
        "<script>alert(1)</script>",
        "1" * 5000,
        "１Z5R89390357567127",
        "order 17",
        "'; drop",
    ],
)
def test_what_is_no_number_of_a_carrier_gives_no_guess(number: str) -> None:
    assert recognised(number) == []
    assert not is_mistyped(number)


def test_each_carrier_is_proposed_once_and_the_surest_first() -> None:
    for _rule, number, _is_valid in PUBLISHED:
        guesses = recognised(number)
        assert len({guess.name for guess in guesses}) == len(guesses)
        assert [guess.holds is False for guess in guesses] == sorted(guess.holds is False for guess in guesses)
