"""The look as data: one accent, six roles of meaning, light and dark. CSS, Streamlit's theme and charts take from here.

A test computes the contrast of every pair that is read or seen, and that `.streamlit/config.toml` says the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.orders.words import Role


@dataclass(frozen=True)
class Palette:
    """One side of the look. `roles` holds text and ground of each role; `charts` the order of series; `before` is what
    is compared with, the accent's hue, lighter."""

    page: str
    surface: str
    line: str
    ink: str
    quiet: str
    accent: str
    on_accent: str
    hover: str
    field_line: str
    roles: dict[Role, tuple[str, str]]
    charts: tuple[str, ...]
    before: str


_SERIES = ("#C67A00", "#2F6FB0", "#C4553B", "#7A5AA6", "#8A8577", "#8F8029", "#3C9A9A")

LIGHT = Palette(
    page="#FBFAF7",
    surface="#FFFFFF",
    line="#E7E3DA",
    ink="#1D1B16",
    quiet="#6A655A",
    accent="#0F6B4F",
    on_accent="#FFFFFF",
    hover="#F4F1EA",
    field_line="#938D80",
    roles={
        Role.WAITING: ("#8A5300", "#FFF1D2"),
        Role.MOVING: ("#1B5E9E", "#E6F1FB"),
        Role.GOOD: ("#136B3B", "#E1F4E8"),
        Role.BAD: ("#A32020", "#FDE8E6"),
        Role.UNDONE: ("#6A3FA0", "#F1EAFB"),
        Role.OVER: ("#6A655A", "#EFECE5"),
    },
    charts=("#0F6B4F", *_SERIES),
    before="#579784",
)

DARK = Palette(
    page="#151714",
    surface="#1D201C",
    line="#31352F",
    ink="#ECEBE4",
    quiet="#A5A296",
    accent="#5BC79A",
    on_accent="#0C1F17",
    hover="#262A25",
    field_line="#757A70",
    roles={
        Role.WAITING: ("#F2C063", "#3A2E14"),
        Role.MOVING: ("#86BDF2", "#152C42"),
        Role.GOOD: ("#7FD6A0", "#14321F"),
        Role.BAD: ("#F39A92", "#421A18"),
        Role.UNDONE: ("#C5A5F0", "#2C1F40"),
        Role.OVER: ("#A5A296", "#2A2C28"),
    },
    charts=("#5BC79A", *_SERIES),
    before="#428468",
)

# The name that Streamlit has for the colour of a role.
STREAMLIT_NAMES = {
    Role.WAITING: "orange",
    Role.MOVING: "blue",
    Role.GOOD: "green",
    Role.BAD: "red",
    Role.UNDONE: "violet",
    Role.OVER: "gray",
}


def css_tokens() -> str:
    """`:root{…}`: every token as a custom property that follows the page's colour scheme."""
    pairs = {
        name.replace("_", "-"): (getattr(LIGHT, name), getattr(DARK, name))
        for name in ("page", "surface", "line", "ink", "quiet", "accent", "on_accent", "hover", "field_line")
    }
    for role in Role:
        (light_text, light_ground), (dark_text, dark_ground) = LIGHT.roles[role], DARK.roles[role]
        pairs[role.value] = (light_text, dark_text)
        pairs[f"{role.value}-ground"] = (light_ground, dark_ground)
    lines = "".join(f"--ct-{name}:light-dark({light},{dark});" for name, (light, dark) in pairs.items())
    return f":root{{{lines}}}"


def streamlit_theme(palette: Palette) -> dict[str, str | list[str]]:
    """The keys of `[theme.light]` or `[theme.dark]` for a palette."""
    theme: dict[str, str | list[str]] = {
        "primaryColor": palette.accent,
        "backgroundColor": palette.page,
        "secondaryBackgroundColor": palette.hover,
        "textColor": palette.ink,
        "linkColor": palette.accent,
        "borderColor": palette.line,
        "dataframeBorderColor": palette.line,
        "dataframeHeaderBackgroundColor": palette.surface,
        "chartCategoricalColors": list(palette.charts),
    }
    for role, name in STREAMLIT_NAMES.items():
        text, ground = palette.roles[role]
        theme |= {f"{name}Color": text, f"{name}TextColor": text, f"{name}BackgroundColor": ground}
    return theme
