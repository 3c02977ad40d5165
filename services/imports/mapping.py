"""How the columns of a table become orders: guessed, corrected by a person, kept as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Mapping:
    """A mapping. `header_hash` is what it is remembered by."""

    name: str = ""
    header_hash: str = ""

    def as_json(self) -> str:
        return json.dumps({"name": self.name})
