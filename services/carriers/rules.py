"""The carriers' rules as they are published: patterns of tracking numbers and their check digits.

Files of `rules/` are another project's data, unchanged, with its licence; those of `own/` are ours, in the same form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from services.carriers.check_digits import CHECKS

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Rule:
    """One kind of number. `check` is the carrier's arithmetic, empty when it has none; `names` are carriers by the
    country in the number, where that decides; `narrows` is the carrier whose numbers this rule tells apart; `tested`
    are published numbers that do and do not fit."""

    carrier: str
    carrier_name: str
    name: str
    pattern: re.Pattern[str]
    check: str
    given: Mapping[str, Any]
    prefix: tuple[re.Pattern[str], str] | None
    url: str
    names: Mapping[str, str]
    narrows: str
    tested: tuple[tuple[str, bool], ...]

    @property
    def has_letters(self) -> bool:
        """Whether its numbers carry a letter by which they stand out."""
        return bool(re.search(r"[A-Z]", re.sub(r"\\[a-zA-Z]|\(\?P<\w+>", "", self.pattern.pattern)))


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, ours first."""
    files = [*sorted((_HERE / "own").glob("*.json")), *sorted((_HERE / "rules").glob("*.json"))]
    found = []
    for file in files:
        courier = json.loads(file.read_text(encoding="utf-8"))
        found += [_rule(courier, one) for one in courier["tracking_numbers"]]
    return tuple(found)


def _rule(courier: Mapping[str, Any], one: Mapping[str, Any]) -> Rule:
    check = one["validation"].get("checksum") or {}
    prepend = one["validation"].get("serial_number_format", {}).get("prepend_if")
    name = check.get("name", "")
    if name and name not in CHECKS:
        raise ValueError(f"{courier['name']}: no check digit is called {name}")
    tested = one["test_numbers"]
    return Rule(
        carrier=courier["courier_code"],
        carrier_name=courier["name"],
        name=one["name"],
        pattern=_pattern(one["regex"]),
        check=name,
        given=check,
        prefix=(_pattern(prepend["matches_regex"]), prepend["content"]) if prepend else None,
        url=(one.get("tracking_url") or "").replace("http://", "https://", 1),
        names=_names(one),
        narrows=one.get("narrows", ""),
        tested=(*((number, True) for number in tested["valid"]), *((number, False) for number in tested["invalid"])),
    )


def _pattern(written: str | list[str]) -> re.Pattern[str]:
    """A pattern as Python writes its named groups."""
    whole = written if isinstance(written, str) else "".join(written)
    return re.compile(re.sub(r"\(\?<(?=[A-Za-z])", "(?P<", whole), re.ASCII)


def _names(one: Mapping[str, Any]) -> dict[str, str]:
    """Country code in the number -> its post, where a rule asks that the country be one of a list."""
    wanted = (one["validation"].get("additional") or {}).get("exists", [])
    return {
        entry["matches"]: entry["courier"]
        for table in one.get("additional", [])
        if table["name"] in wanted
        for entry in table["lookup"]
    }
