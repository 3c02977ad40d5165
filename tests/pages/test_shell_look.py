"""The look: what the tokens promise to eyes, and that Streamlit's theme keeps it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pages.parts.tokens import DARK, LIGHT, Palette, css_tokens, streamlit_theme
from services.orders.words import SIGNS, Role

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"
SIDES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_contrast_that_the_standard_names() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@SIDES
def test_every_text_can_be_read(palette: Palette) -> None:
    for ground in (palette.page, palette.surface, palette.hover):
        for text in (palette.ink, palette.quiet, palette.accent):
            assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(palette.on_accent, palette.accent) >= 4.5


@SIDES
@pytest.mark.parametrize("role", list(Role))
def test_every_badge_can_be_read(palette: Palette, role: Role) -> None:
    text, ground = palette.roles[role]
    assert contrast(text, ground) >= 4.5


@SIDES
def test_every_mark_can_be_seen(palette: Palette) -> None:
    for ground in (palette.page, palette.surface):
        assert contrast(palette.field_line, ground) >= 3
        for series in (*palette.charts, palette.before):
            assert contrast(series, ground) >= 3, (series, ground)


def test_each_status_has_a_sign_of_its_own() -> None:
    shapes = [sign.shape for sign in SIGNS.values()]
    assert len(set(shapes)) == len(shapes)


def test_streamlit_is_given_the_same_colours() -> None:
    theme = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]
    assert theme["light"] == streamlit_theme(LIGHT)
    assert theme["dark"] == streamlit_theme(DARK)


def test_each_token_has_a_light_and_a_dark_side() -> None:
    for role in Role:
        assert f"--ct-{role}:light-dark({LIGHT.roles[role][0]},{DARK.roles[role][0]})" in css_tokens()
