"""Keeping a chart for a board: offered by every figure card once there is a screen of boards."""

from __future__ import annotations

from pages.parts.places import BOARDS, exists
from services.analytics import Asked


def can_keep() -> bool:
    """Whether there is a place to keep it in."""
    return exists(BOARDS)


def keep(asked: Asked, kind: str, title: str) -> None:
    """Keep what is asked under its title, drawn as it is drawn here."""
