"""Every text for people stands in every catalogue, with the same gaps to fill, as a person of that language writes."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from scripts.catalogues import Said, catalogue, texts

LANGUAGES = ("en", "fr")
# a sign that stands apart in French, with a plain space before it (or after an opening quote)
LOOSE = re.compile(r"[^\s\u00a0\u202f] [:;?!»]|« (?=\S)")


@pytest.fixture(scope="module")
def said() -> dict[str, Said]:
    """Every text for people by its id. Read when a test asks: each process that collects the tests comes by here."""
    return {text.id: text for text in texts()}


def gaps(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name}


def test_texts_are_found_in_source_and_in_templates(said: dict[str, Said]) -> None:
    places = {text.place.split(":")[0] for text in said.values()}
    assert any(place.endswith(".py") for place in places)
    assert any(place.endswith(".j2") for place in places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_stands_in_the_catalogue(language: str, said: dict[str, Said]) -> None:
    known = catalogue(language)
    lacking = [f"{text.place}: {text.id}" for text in said.values() if not all(known.get(text.id, ("",)))]
    assert not lacking, f"{language} lacks:\n" + "\n".join(lacking)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_counts_has_a_form_for_one_and_for_many(language: str, said: dict[str, Said]) -> None:
    known = catalogue(language)
    counted = [text for text in said.values() if text.plural and text.id in known]
    assert [text.id for text in counted if len(known[text.id]) != 2] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_gaps_of_its_text(language: str, said: dict[str, Said]) -> None:
    wrong = [
        (text.id, form)
        for key, forms in catalogue(language).items()
        for text in [said.get(key) or Said(key, "", "")]
        for place, form in enumerate(forms)
        if gaps(form) != gaps(text.plural if place and text.plural else text.id)
        # the form for one may leave the number out, or say it where English does not
        and gaps(form) ^ gaps(text.id) != {"count"}
    ]
    assert wrong == []


def test_english_says_what_the_source_says() -> None:
    differing = [(key, forms) for key, forms in catalogue("en").items() if forms[0] != key]
    assert differing == []


def test_french_signs_hold_on_to_their_word() -> None:
    loose = [form for forms in catalogue("fr").values() for form in forms if LOOSE.search(form)]
    assert loose == []
