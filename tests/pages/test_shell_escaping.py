"""Text of customers on Markdown surfaces."""

from __future__ import annotations

import re

import pytest

from pages.parts.escaping import md

HOSTILE = (
    "![x](http://evil.example.com/a.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    ":red[danger]",
    "$\\frac{1}{2}$",
    "**bold** _it_ ~~no~~ `code`",
    "# title",
    "- list",
    "| a | b |",
    "\\![x](y)",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_every_mark_of_markdown_is_escaped(text: str) -> None:
    safe = md(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]()<>*_`#$|!~]", safe.replace("\u2060", ""))
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", safe).replace("\u2060", "") == text


def test_addresses_and_icons_do_not_wake_up() -> None:
    assert "http\u2060" in md("http://example.com")
    assert "www\u2060" in md("www.example.com")
    assert "ines\u2060" in md("ines@example.com")
    assert "\u2060" in md(":material_home:")
    assert "\u2060" in md("a -> b")


def test_lines_become_one_and_the_writing_direction_cannot_be_turned() -> None:
    assert md("a\nb\r\n c") == "a b c"
    assert md("a\u202eb\u2066c") == "abc"


def test_plain_names_stay_as_they_are() -> None:
    assert md("Inès Kaba 12") == "Inès Kaba 12"
