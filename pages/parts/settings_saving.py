"""Keeping what somebody set on the Settings screen."""

from __future__ import annotations

from typing import Any

from pages.parts import asking, flash
from services import clock, profile
from services import shop as shops
from services.errors import Invalid
from services.language import _


def save(changes: dict[str, Any]) -> None:
    """Set some of the shop's settings, all or none, and say so; what does not fit is said instead."""
    shop = shops.current()
    try:
        with shop.store.write() as write:
            profile.change(write, shop.settings, changes, asking.actor().name, clock.now())
    except Invalid as error:
        flash.tell(error.sentence, is_bad=True)
    else:
        flash.tell(_("Saved."))
