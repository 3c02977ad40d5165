"""Every text of a mail has its words in each language."""

from __future__ import annotations

import re

import pytest

from services.language import LANGUAGES, catalogue
from services.messages.wording import FOLDER

TEXTS = sorted(
    {text for file in FOLDER.glob("*.j2") for text in re.findall(r"""_\("([^"]+)\"""", file.read_text("utf-8"))}
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_templates_is_in_the_catalogue(language: str):
    assert len(TEXTS) > 20
    assert [text for text in TEXTS if text not in catalogue(language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_text(language: str):
    def places(text: str) -> list[str]:
        return sorted(re.findall(r"\{\w+\}", text))

    words = {text: catalogue(language)[text] for text in TEXTS}
    assert [text for text, said in words.items() if places(text) != places(str(said))] == []
