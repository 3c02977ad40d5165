"""Whose a tracking number is: the carriers whose rules it fits, the surest first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from services.carriers.check_digits import CHECKS
from services.carriers.pages import known_as, tracking_url
from services.carriers.rules import Rule, rules

LONGEST = 60  # characters; the longest published number has 34
TELLING = 12  # digits: shorter numbers without a letter fit some carrier's rule too easily


@dataclass(frozen=True, slots=True)
class Guess:
    """A carrier that a number may be of. `holds`: its check digit is right; None when the carrier publishes none.
    `is_sure`: nothing but this carrier's number looks like that."""

    carrier: str
    name: str
    kind: str
    url: str
    holds: bool | None
    is_sure: bool


@lru_cache(maxsize=1024)
def compact(number: str) -> str:
    """A number in one piece, as it is compared: capitals, no blanks, dots or dashes."""
    return "".join(sign for sign in number.upper() if not sign.isspace() and sign not in "-.")


def recognised(number: str) -> list[Guess]:
    """The carriers whose rules a number fits, one guess each, the surest first. A wrong check digit comes last and is
    said (`holds` False); a number that fits no pattern gives nothing."""
    return list(_recognised(number)) if len(number) <= 4 * LONGEST else []


@lru_cache(maxsize=4096)
def _recognised(number: str) -> tuple[Guess, ...]:
    written = compact(number)
    if not written.isascii() or not written.isalnum() or len(written) > LONGEST:
        return ()
    dashed = _dashed(number)
    fitting = [(rule, guess) for rule in rules() for guess in [_fitting(rule, written, dashed)] if guess]
    narrower = {rule.narrows for rule, _guess in fitting if rule.narrows}
    found: dict[str, Guess] = {}
    for guess in sorted((guess for rule, guess in fitting if rule.carrier not in narrower), key=_doubt):
        found.setdefault(guess.name, guess)
    return tuple(found.values())


def sole(number: str) -> Guess | None:
    """The one carrier that a number is surely of; None when there is doubt between several, or no check digit and no
    letter to go by."""
    guesses = recognised(number)
    if not guesses or not guesses[0].is_sure:
        return None
    rivals = [guess for guess in guesses[1:] if _doubt(guess) <= _doubt(guesses[0])]
    return None if rivals else guesses[0]


def is_mistyped(number: str, carrier: str = "") -> bool:
    """Whether a number looks like a carrier's and its check digit says that a sign is wrong. With `carrier` only that
    carrier's rules count, where we know any; without, a few digits may be anybody's and are not told off."""
    guesses = recognised(number)
    if carrier:
        guesses = [guess for guess in guesses if _is_same(guess.name, carrier)]
    elif compact(number).isdecimal() and len(compact(number)) < TELLING:
        return False
    return bool(guesses) and all(guess.holds is False for guess in guesses)


def has_rules(carrier: str) -> bool:
    """Whether we know what numbers of a carrier look like."""
    return any(_is_same(name, carrier) for rule in rules() for name in (rule.carrier_name, rule.name))


def _is_same(one: str, other: str) -> bool:
    """Whether two names are of the same carrier."""
    return one.casefold() == other.strip().casefold() or (known_as(one) != "" and known_as(one) == known_as(other))


def fits(rule: Rule, number: str) -> bool:
    """Whether a number is one of a rule's, check digit included."""
    guess = _fitting(rule, compact(number), _dashed(number))
    return guess is not None and guess.holds is not False


def _fitting(rule: Rule, written: str, dashed: str) -> Guess | None:
    """What a rule makes of a number, in one piece and with its dashes: a few carriers print one that belongs to it."""
    match = rule.pattern.fullmatch(written) or (dashed != written and rule.pattern.fullmatch(dashed))
    if not match:
        return None
    parts = match.groupdict()
    name = rule.carrier_name
    if rule.names:
        if parts.get("CountryCode") not in rule.names:
            return None
        name = rule.names[parts["CountryCode"]]
    elif rule.carrier == "la_poste":
        name = rule.name
    holds = _holds(rule, parts) if rule.check else None
    name = known_as(name) or name
    url = rule.url.replace("%s", written) if rule.url else tracking_url(name, written)
    return Guess(rule.carrier, name, rule.name, url, holds, holds is not False and (bool(holds) or rule.has_letters))


def _dashed(number: str) -> str:
    return "".join(number.upper().split())


def _holds(rule: Rule, parts: dict[str, str]) -> bool:
    serial, check = parts["SerialNumber"], parts["CheckDigit"]
    if rule.prefix and rule.prefix[0].match(serial):
        serial = rule.prefix[1] + serial
    return CHECKS[rule.check](serial, check, rule.given)


def _doubt(guess: Guess) -> int:
    """How much doubt stays: a check digit that holds, then a pattern with letters, then mere digits, then a wrong
    check digit."""
    if guess.holds is False:
        return 3
    return 0 if guess.holds else 1 if guess.is_sure else 2
