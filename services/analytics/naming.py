"""What is said of a name that no figure has."""

from __future__ import annotations

from collections.abc import Sequence

from services.language import _
from services.query.mistakes import nearest


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """A second sentence: the nearest name, else all there are."""
    meant = nearest(name, known)
    if meant:
        return " " + _("Did you mean {nearest}?", nearest=meant)
    return " " + _("There are: {known}.", known=", ".join(known))
