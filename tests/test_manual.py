"""The manual: both languages say the same chapters, and every picture and page that it leads to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/manual/en.md", "docs/manual/fr.md")


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_leads_to_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    led = [path for path in re.findall(r"\]\(([^)#]+)\)", text) if not path.startswith("http")]
    assert led
    assert [path for path in led if not ((ROOT / page).parent / path).exists()] == []


@pytest.mark.parametrize("page", PAGES[1:])
def test_the_contents_lead_to_chapters_of_the_page(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    chapters = {_anchor(title) for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= chapters


def test_both_languages_have_the_same_chapters_and_pictures() -> None:
    english, french = ((ROOT / page).read_text(encoding="utf-8") for page in PAGES[1:])
    assert _shape(english) == _shape(french)


def _shape(text: str) -> list[tuple[str, str]]:
    """Depths of headings and names of pictures, in their order."""
    return re.findall(r"^(#+) |screenshots/(?:fr/)?([a-z-]+)\.png", text, re.MULTILINE)


def _anchor(title: str) -> str:
    """The name that a page gives a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
