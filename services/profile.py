"""The shop's own settings: first values from the environment, afterwards what the Settings page says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from data import intake, preferences
from data.store import Reader, Writer
from services.errors import Invalid
from services.language import LANGUAGES, _
from services.messages import owned
from services.rules import RULES
from services.settings import KNOWN, Settings

_MARKS = ("is_demo",)


@dataclass(frozen=True)
class Profile:
    """What the merchant set. `cooling_off` is seconds; `is_demo` marks the invented shop; `rules` are the settings that
    only the Settings page knows, by the names of `services/rules.py`; `own_templates` the versions of mail templates
    in use where they are not ours (`services/messages/owned.py`)."""

    shop_name: str
    merchant_email: str
    sender_email: str
    language: str
    currency: str
    time_zone: str
    cooling_off: int
    is_demo: bool = False
    rules: Mapping[str, Any] = field(default_factory=dict)
    own_templates: Mapping[str, str] = field(default_factory=dict)

    def rule(self, name: str) -> Any:
        """One of `services.rules.RULES`: what the merchant set, or its default."""
        return self.rules.get(name, RULES[name].default)

    def spoken(self, language: str) -> str:
        """The language to write to a customer in, whose own is a code such as `fr-CA`: theirs when we speak it, else
        the shop's."""
        short = language.strip().lower().replace("_", "-").split("-")[0]
        return short if short in LANGUAGES else self.language


def profile(read: Reader, settings: Settings) -> Profile:
    """The shop's settings as they are now."""
    every = preferences.every(read)
    first = {name: getattr(settings, name) for name in _FIRST}
    kept = {name: value for name, value in every.items() if name in _FIRST or name in _MARKS}
    own = every.get(owned.SETTING) or {}
    owned.learn(read, own.values())
    return Profile(
        **{**first, **kept},
        rules={name: value for name, value in every.items() if name in RULES},
        own_templates=own,
    )


def change(write: Writer, settings: Settings, changes: dict[str, Any], actor: str, now: datetime) -> Profile:
    """Set some of the shop's settings; all or none. Raises `Invalid` with a sentence per field."""
    wrong: dict[str, str] = {}
    checked: dict[str, Any] = {}
    for name, value in changes.items():
        if name in _MARKS:
            checked[name] = bool(value)
            continue
        check, takes = _taken_by(name)
        try:
            checked[name] = check(value)
        except ValueError:
            wrong[name] = _("“{value}” does not fit; it takes {takes}.", value=value, takes=takes)
    if wrong:
        raise Invalid(" ".join(wrong.values()), wrong)
    kept = profile(write, settings)
    before = {name: kept.rule(name) if name in RULES else getattr(kept, name) for name in checked}
    preferences.put(write, {k: v for k, v in checked.items() if before[k] != v}, actor, now)
    if checked.get("time_zone", kept.time_zone) != kept.time_zone:
        intake.move_to_zone(write, checked["time_zone"])
    return profile(write, settings)


def _taken_by(name: str) -> tuple[Callable[[Any], Any], str]:
    """How a value of a setting is checked, and what it takes, in words."""
    if name in RULES:
        return RULES[name].check, RULES[name].takes()
    _name, _default, check, takes = KNOWN[name]
    return lambda value: check(str(value).strip()), takes


_FIRST = tuple(one.name for one in fields(Profile) if one.name in KNOWN)
