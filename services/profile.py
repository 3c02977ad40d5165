"""The shop's own settings: first values from the environment, afterwards what the Settings page says."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from data import intake, preferences
from data.store import Reader, Writer
from services.errors import Invalid
from services.settings import KNOWN, Settings


@dataclass(frozen=True)
class Profile:
    """What the merchant set. `cooling_off` is seconds; `is_demo` marks the invented shop."""

    shop_name: str
    merchant_email: str
    sender_email: str
    language: str
    currency: str
    time_zone: str
    cooling_off: int
    is_demo: bool = False


def profile(read: Reader, settings: Settings) -> Profile:
    """The shop's settings as they are now."""
    first = {field.name: getattr(settings, field.name) for field in fields(Profile) if field.name != "is_demo"}
    kept = {name: value for name, value in preferences.every(read).items() if name in Profile.__annotations__}
    return Profile(**{**first, **kept})


def change(write: Writer, settings: Settings, changes: dict[str, Any], actor: str, now: datetime) -> Profile:
    """Set some of the shop's settings; all or none. Raises `Invalid` with a sentence per field."""
    wrong: dict[str, str] = {}
    checked: dict[str, Any] = {}
    for name, value in changes.items():
        if name == "is_demo":
            checked[name] = bool(value)
            continue
        _, _, check, takes = KNOWN[name]
        try:
            checked[name] = check(str(value).strip())
        except ValueError:
            wrong[name] = f"“{value}” does not fit; it takes {takes}."
    if wrong:
        raise Invalid(" ".join(wrong.values()), wrong)
    before = asdict(profile(write, settings))
    preferences.put(write, {k: v for k, v in checked.items() if before[k] != v}, actor, now)
    if checked.get("time_zone", before["time_zone"]) != before["time_zone"]:
        intake.move_to_zone(write, checked["time_zone"])
    return profile(write, settings)
