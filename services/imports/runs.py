"""A run: files in, orders in the store, all of them or none. The one door for the page and the command."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from data import import_runs
from data.doors import Row
from data.ids import new_id
from data.staging import Staging, stage
from services import clock
from services.errors import Invalid, store_errors
from services.imports import shopify_blocks, side_by_side
from services.imports.batches import Stamp
from services.imports.comparing import Compared, compare
from services.imports.completing import completed
from services.imports.formats import reader_of
from services.imports.grids import Grid, header_of
from services.imports.guessing import Question
from services.imports.hearing import Heard, left_out_note
from services.imports.history import running
from services.imports.identities import Identities
from services.imports.joining import Joined
from services.imports.mapping import Mapping
from services.imports.planning import settled, tables_of
from services.imports.portions import Portion, joined, portions
from services.imports.reading import Context, Reader
from services.imports.recognition import Format, Recognised, Shape, recognise
from services.imports.result import PREVIEWED, SHOWN_NOTICES, RunResult, RunState
from services.imports.shopify_blocks import ByBlocks, Uneven
from services.imports.shopify_csv import ShopifyCsv
from services.imports.sources import default_source
from services.language import _, use
from services.orders.draft import Draft
from services.orders.statuses import EventKind
from services.people import IMPORT, Actor
from services.shop import Shop

STAGED = 6 << 20  # bytes of orders that go to the staging place at once
_HASHED = 1 << 20

Progress = Callable[[float, str], None]


def run(
    shop: Shop,
    path: Path | Sequence[Path],
    *,
    format: str = "auto",
    mapping: Mapping | None = None,
    source: str = "",
    dry_run: bool = False,
    actor: Actor = IMPORT,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> RunResult:
    """Import one file, or several as one. `source` is the shop's name where the file does not tell it. A dry run reads
    and compares everything and writes nothing. `progress` is told a share from 0 to 1 and what is being done. Raises
    `Invalid` when nothing can be read, or when the mapping leaves a question open."""
    at = now or clock.now()
    paths = files_of([path] if isinstance(path, Path) else list(path))
    with store_errors():
        files = [recognised_as(recognise(one), format) for one in paths]
        kinds = {one.format for one in files}
        if len(kinds) != 1:
            raise Invalid(_("These files are of different kinds; import them one after the other."))
        profile = shop.profile()
        tables: list[Grid | Joined] = []
        asked: Sequence[Question] = ()
        if files[0].format is Format.TABLE:
            tables = tables_of(files, mapping)
            plan = settled(shop, tables, mapping)
            mapping, asked = plan.mapping, plan.questions
        with shop.store.read() as read:
            identity = default_source(read, files, source, profile.shop_name, mapping)
        context = Context(identity, profile.currency, profile.time_zone, at)
        for question in asked:
            context.say(_("{question} Taken: {answer}.", question=question.text, answer=question.proposed))
        job = _Job(shop, files, tables, context, mapping, actor, progress or (lambda share, doing: None), dry_run)
        # what is kept (findings, the few words of our own in an order) is in the shop's language, whoever asks
        with use(profile.language):
            return job.done()


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files themselves, and the tables in folders among them. Raises `Invalid` for an empty folder."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.name.lower().endswith(_TABLES))
            if not inside:
                raise Invalid(_("There is no table in the folder “{name}”.", name=str(path)))
            found += inside
        else:
            found.append(path)
    return found


_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".json", ".ndjson", ".jsonl", ".parquet", ".gz", ".zip")


def recognised_as(found: Recognised, format: str) -> Recognised:
    """What was recognised, unless the caller says otherwise. Raises `Invalid` when the file cannot be that."""
    if format in ("auto", found.format):
        return found
    if format == Format.TABLE:
        return replace(found, format=Format.TABLE)
    raise Invalid(
        _("“{name}” is no {format} file: it was recognised as {found}.",
          name=found.file.name, format=format, found=found.format)
    )  # fmt: skip


@dataclass
class _Job:
    """One run while it lasts."""

    shop: Shop
    files: list[Recognised]
    tables: list[Grid | Joined]
    context: Context
    mapping: Mapping | None
    actor: Actor
    progress: Progress
    is_dry: bool
    run_id: str = field(default_factory=new_id)
    heard: Heard = field(default_factory=Heard)
    preview: list[Draft] = field(default_factory=list)

    def done(self) -> RunResult:
        if self.is_dry:
            return self._read_and_apply()
        with running(self.shop, self._row()):
            return self._read_and_apply()

    def _read_and_apply(self) -> RunResult:
        with stage(self.shop.store) as staging:
            identities = Identities(staging.read(), self.context.source, self.files[0].format)
            with _rare_collections():
                self._read(staging, identities)
                if parts := self.heard.parts_so_far():
                    found = completed(staging.read(), self.context, parts)
                    self._gather(staging, identities, portions(found, self._stamp()))
            self.heard.warn_of_parts()
            self.progress(0.8, _("Comparing with the shop"))
            compared = compare(staging, self.context, self.heard.taken_back)
            self.heard.warn(compared.findings)
            self.heard.warn(self.context.notes)
            self.heard.warn(left_out_note(what, count) for what, count in self.heard.left_out.items())
            result = self._result(compared)
            if not self.is_dry:
                self.progress(0.85, _("Writing"))
                self._apply(staging, identities, result)
            self.progress(1.0, _("Done"))
            return result

    def _apply(self, staging: Staging, identities: Identities, result: RunResult) -> None:
        """The one write transaction: orders, findings, the remembered mapping and the run's own row."""
        with staging.write() as write:
            staging.apply(
                write, zone=self.context.zone, now=self.context.now, event=EventKind.IMPORT_CHANGED,
                actor=self.actor.name, run_id=self.run_id,
            )  # fmt: skip
            import_runs.adopt(write, self.context.source, identities.adopted)
            import_runs.add_findings(write, self.run_id, self.heard.as_rows())
            if self.mapping and self.mapping.header_hash:
                import_runs.remember(
                    write, self.mapping.header_hash, self.mapping.name, self.mapping.as_json(), self.context.now
                )
            import_runs.finish(write, self.run_id, RunState.DONE, clock.now(), counts(result))

    def _read(self, staging: Staging, identities: Identities) -> None:
        """Take in what the files hold: by blocks where they are as a shop writes them, else order by order."""
        reader = reader_of(self.files, self.tables, self.mapping, staging)
        if isinstance(reader, ShopifyCsv) and shopify_blocks.is_worth_it(self.files):
            begun = self.context.copy()
            by_blocks = ByBlocks(reader, self.files, self.context, self._stamp(), staging, identities)
            try:
                return self._gather(staging, identities, by_blocks.portions())
            except Uneven:
                staging.clear()
                identities.adopted.clear()
                self.context, self.heard, self.preview = begun, Heard(), []
        self._gather(staging, identities, self._portions(reader))

    def _gather(self, staging: Staging, identities: Identities, found: Iterable[Portion]) -> None:
        """Take everything that is read into the staging place, some portions at a time."""
        whole = sum(one.file.size for one in self.files) or 1
        held: list[Portion] = []
        for portion in found:
            one = identities.settled(portion)
            self.heard.all(one.said)
            self.preview += one.drafts[: PREVIEWED - len(self.preview)]
            held.append(one)
            if sum(some.size for some in held) >= STAGED:
                staging.append(joined(held))
                held = []
            self.progress(min(self.context.bytes_read / whole, 1.0) * 0.8, _("Reading"))
        if held:
            staging.append(joined(held))

    def _portions(self, reader: Reader) -> Iterator[Portion]:
        """What the files hold, read here, or by processes beside this one when that is worth it."""
        stamp = self._stamp()
        if isinstance(reader, ShopifyCsv) and side_by_side.is_worth_it(self.files):
            return side_by_side.read(reader, self.files, self.context, stamp, side_by_side.processes())
        return portions(reader(self.context), stamp)

    def _stamp(self) -> Stamp:
        return Stamp(self.context.now, self.actor.name, self.run_id)

    def _result(self, found: Compared) -> RunResult:
        heard = self.heard
        return RunResult(
            run_id=None if self.is_dry else self.run_id,
            format=self.files[0].format,
            source=self.context.source,
            rows=self.context.rows,
            new=found.new,
            changed=found.changed,
            same=found.same,
            rejected=heard.refused,
            warnings=heard.warning_count,
            rejects=tuple(heard.rejects),
            notices=tuple(heard.warnings[:SHOWN_NOTICES]),
            left_out=dict(heard.left_out),
            preview=tuple(self.preview),
            is_dry=self.is_dry,
        )

    def _row(self) -> Row:
        first = self.files[0]
        return {
            "id": self.run_id,
            "started_at": clock.now(),
            "state": RunState.RUNNING.value,
            "actor": self.actor.name,
            "file_name": ", ".join(one.file.name for one in self.files),
            "file_hash": file_hash([one.file.path for one in self.files]),
            "format": first.format.value,
            "source": self.context.source,
            "mapping_json": json.dumps(
                {
                    "shape": first.shape,
                    "header": self._header(),
                    "delimiter": first.layout.delimiter if first.layout else None,
                    "keys": first.keys,
                }
            ),
        }

    def _header(self) -> list[str] | None:
        """The header of a table, None for objects of JSON."""
        first = self.files[0]
        if self.tables:
            return list(self.tables[0].header)
        if first.layout:
            return list(first.layout.header)
        return header_of(first.file, first.shape) if first.shape in (Shape.XLSX, Shape.PARQUET) else None


@contextmanager
def _rare_collections() -> Iterator[None]:
    """While millions of short-lived rows go by, none of them in a cycle, the collector of cycles only costs time."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def file_hash(paths: Sequence[Path]) -> str:
    """A hash of all the bytes of the files."""
    mixed = hashlib.blake2b(digest_size=16)
    for path in paths:
        with path.open("rb") as plain:
            while chunk := plain.read(_HASHED):
                mixed.update(chunk)
    return mixed.hexdigest()


def counts(result: RunResult) -> Row:
    """A result as columns of `import_runs`."""
    return {
        "row_count": result.rows,
        "order_count": result.orders,
        "new_count": result.new,
        "changed_count": result.changed,
        "same_count": result.same,
        "rejected_count": result.rejected,
        "warning_count": result.warnings,
    }
