"""What a run has heard from its reader besides orders: refusals, warnings, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from data.doors import Row
from services.imports.finding import Finding, warning
from services.imports.portions import Said
from services.imports.reading import Again, LeftOut, Read, Refused, Sparse, Taken
from services.language import _, n_

KEPT_WARNINGS = 20_000  # warnings kept with a run; all are counted


@dataclass
class Heard:
    """Gathers while the run lasts. `refused` counts orders; `taken_back` are numbers of orders that were given in part
    before they turned out to be refused."""

    rejects: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    warning_count: int = 0
    refused: int = 0
    taken_back: set[str] = field(default_factory=set)
    _again: set[str] = field(default_factory=set)
    _named: set[str] = field(default_factory=set)  # orders of which anything was said
    left_out: dict[str, int] = field(default_factory=dict)
    parts: list[Sparse] = field(default_factory=list)

    def all(self, said: Iterable[Said]) -> None:
        """Take note of what was said, one thing after the other."""
        for one in said:
            if isinstance(one, tuple):
                self.warn(one)
            else:
                self.other(one)

    def other(self, one: Read) -> None:
        """Take note of what is no order."""
        match one:
            case Refused(findings, name):
                self.refused += 1
                self.rejects.extend(findings)
                self._named.update(found.order_number for found in findings)
                if name in self._again:
                    self.taken_back.add(name)
            case LeftOut(_row, what):
                self.left_out[what] = self.left_out.get(what, 0) + 1
            case Sparse():
                self.parts.append(one)
            case Again(name):
                self._again.add(name)
                self._forget(name)
            case Taken():
                raise TypeError("an order is no remark")

    def parts_so_far(self) -> list[Sparse]:
        """The parts of orders since the last call."""
        parts, self.parts = self.parts, []
        return parts

    def warn_of_parts(self) -> None:
        """Say of the parts that are left that they changed nothing."""
        reason = _("Only a part of an order: it makes none, and nothing was changed.")
        self.warn(warning(one.row, "", "", reason, one.number) for one in self.parts_so_far())

    def warn(self, findings: Iterable[Finding]) -> None:
        """Count warnings and keep the first of them."""
        for found in findings:
            self.warning_count += 1
            if len(self.warnings) < KEPT_WARNINGS:
                self.warnings.append(found)
                self._named.add(found.order_number)

    def as_rows(self) -> list[Row]:
        """As `import_findings` keeps them."""
        return [
            {
                "severity": found.severity.value,
                "row_number": found.row,
                "column_name": found.column,
                "value": found.value,
                "reason": found.reason,
                "order_number": found.order_number,
                "raw": found.raw,
            }
            for found in (*self.rejects, *self.warnings)
        ]

    def _forget(self, name: str) -> None:
        """The order comes again, whole: what was said of a part of it does not count."""
        if name not in self._named:
            return
        kept = [found for found in self.rejects if found.order_number != name]
        if len(kept) < len(self.rejects):
            self.refused -= 1
            self.rejects = kept
        fewer = [found for found in self.warnings if found.order_number != name]
        self.warning_count -= len(self.warnings) - len(fewer)
        self.warnings = fewer


def left_out_note(what: str, count: int) -> Finding:
    """The warning that says how many records of a kind are no orders."""
    reason = n_("{count} record is no order ({what}) and was left out.",
                "{count} records are no orders ({what}) and were left out.", count, what=what)  # fmt: skip
    return warning(None, "", "", reason)
