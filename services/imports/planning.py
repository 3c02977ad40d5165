"""Before a table is imported: the mapping that is known, given or guessed, and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from data import import_runs
from services.errors import Invalid, store_errors
from services.imports.grids import Grid
from services.imports.guessing import Guess, guess
from services.imports.headers import Field
from services.imports.joining import Joined, table_of
from services.imports.mapping import Mapping, from_json, hash_of
from services.imports.recognition import Format, Recognised, recognise
from services.language import _
from services.shop import Shop


def plan(shop: Shop, path: Path | Sequence[Path], mapping: Mapping | None = None) -> Guess:
    """A proposal for one table, or several that belong together: what is remembered of its header, corrected by
    `mapping`, the rest guessed. The page shows it; `run(…, mapping=plan.mapping)` imports by it."""
    paths = [path] if isinstance(path, Path) else list(path)
    with store_errors():
        files = [replace(recognise(one), format=Format.TABLE) for one in paths]
        return proposal(shop, tables_of(files, mapping), mapping)


def tables_of(files: Sequence[Recognised], mapping: Mapping | None) -> list[Grid | Joined]:
    """The tables to read one after the other: files of one header are one kind, else they are joined."""
    singles = [table_of([one]) for one in files]
    if len({hash_of(one.header) for one in singles}) == 1:
        return singles
    return [table_of(files, mapping.joins if mapping else ())]


def proposal(shop: Shop, tables: Sequence[Grid | Joined], mapping: Mapping | None) -> Guess:
    """The proposal for tables of one header. Raises `Invalid` when no column can be an order's number or date."""
    profile = shop.profile()
    given = mapping
    if given is None:
        header_hash = hash_of(tables[0].header)
        with shop.store.read() as read:
            row = import_runs.mapping(read, header_hash)
        given = from_json(row["mapping_json"], header_hash) if row else None
    found = guess(tables[0], profile.currency, profile.time_zone, given)
    missing = [name for name in (Field.NUMBER, Field.PLACED_AT) if not found.mapping.column(name)]
    known = set(tables[0].header)
    wrong = [column for column in found.mapping.fields.values() if column not in known]
    if wrong:
        raise Invalid(_("The mapping names columns that the file lacks: {names}.", names=", ".join(sorted(wrong))))
    if missing:
        raise Invalid(
            _(
                "No orders were found in “{name}”: no column for {fields}. Name them in a mapping.",
                name=tables[0].name, fields=", ".join(missing),
            )
        )  # fmt: skip
    return found


def settled(shop: Shop, tables: Sequence[Grid | Joined], mapping: Mapping | None) -> Guess:
    """A proposal that leaves nothing open. Raises `Invalid` that says what to answer, and how."""
    found = proposal(shop, tables, mapping)
    if found.open_questions:
        asked = " ".join(
            f"{one.text} ({one.name}: {', '.join(value for value, _said in one.choices)})"
            for one in found.open_questions
        )
        raise Invalid(
            _("The table leaves open what only you can say. {questions} Answer in a mapping: {example}",
              questions=asked, example=_example(found)),
            {one.name: one.text for one in found.open_questions},
        )  # fmt: skip
    return found


def _example(found: Guess) -> str:
    answers = ", ".join(f'"{one.name}": "{one.choices[0][0]}"' for one in found.open_questions if one.choices)
    return f'--mapping FILE.json, {{"answers": {{{answers}}}}}'
