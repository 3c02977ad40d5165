"""The figures as they stand in `bench/README.md`, between two marks; what is written by hand stays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.figures import Figure, Run

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
# ratios to the plain query that are good enough, and how much slower ten times the orders may be
RATIO, GROWTH = 3.0, 1.5
COMPARED = ("list", "filter", "order", "figures")


def write(runs: Sequence[Run], earlier: dict[int, Run | None]) -> str:
    """Put the table into the README; the table."""
    text = told(runs, earlier)
    page = README.read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    if not rest or not tail:
        raise SystemExit(f"{README} has no marks {BEGIN} and {END}.")
    README.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")
    return text


def told(runs: Sequence[Run], earlier: dict[int, Run | None]) -> str:
    """The table of these runs, the smallest shop first."""
    runs = sorted(runs, key=lambda run: run.orders)
    largest = runs[-1]
    past = earlier.get(largest.orders)
    lines = [f"*{_size(run.orders)} orders*: {run.at}, {run.machine}, {_loads(run)}{_facts(run)}.  " for run in runs]
    growth = len(runs) > 1
    heads = ["what", *(f"{_size(run.orders)} ms" for run in runs), "p95", "plain query ms", "ratio", "target ms"]
    heads += [f"{_size(largest.orders)} : {_size(runs[-2].orders)}"] if growth else []
    heads += ["run before ms", "seen"]
    lines += ["", f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * (len(heads) - 2)} --- |"]
    for key, figure in largest.figures.items():
        cells = [f"{figure.part}: {figure.name}", *(_ms(run.figures.get(key)) for run in runs)]
        cells += [f"{figure.p95:.1f}", f"{figure.limit:.1f}" if figure.limit else "", _ratio(figure), _target(figure)]
        smaller = runs[-2].figures.get(key) if growth else None
        if growth:
            cells.append(f"{figure.median / smaller.median:.1f}" if smaller else "")
        known = past.figures.get(key) if past else None
        cells += [f"{known.median:.1f}" if known else "", figure.note]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, "", _verdict(largest)])


def _ms(figure: Figure | None) -> str:
    return f"{figure.median:.1f}" if figure else ""


def _ratio(figure: Figure) -> str:
    if not figure.limit:
        return ""
    ratio = figure.median / figure.limit
    return f"{ratio:.1f}" if ratio <= RATIO or figure.part not in COMPARED else f"**{ratio:.1f}**"


def _target(figure: Figure) -> str:
    if figure.target is None:
        return ""
    return f"{figure.target:g}" if figure.median <= figure.target else f"**{figure.target:g}**"


def _verdict(run: Run) -> str:
    """What was missed, in words: a table is not read to its end."""
    compared = [one for one in run.figures.values() if one.limit and one.part in COMPARED]
    over = [one.name for one in compared if one.limit and one.median > RATIO * one.limit]
    late = [one.name for one in run.figures.values() if one.target and one.median > one.target]
    said = f"At {_size(run.orders)}, {len(compared) - len(over)} of {len(compared)} lists, orders and figures take at "
    said += f"most {RATIO:g} times the plain query"
    said += f"; more take: {', '.join(over)}." if over else "."
    aimed = sum(one.target is not None for one in run.figures.values())
    return f"{said} Of {aimed} targets {aimed - len(late)} are met" + (f"; not: {', '.join(late)}." if late else ".")


def _loads(run: Run) -> str:
    return f"load {min(run.loads):.0f} to {max(run.loads):.0f}"


def _facts(run: Run) -> str:
    return "".join(f", {name} {value}" for name, value in run.facts.items())


def _size(orders: int) -> str:
    if orders >= 1_000_000:
        return f"{orders / 1_000_000:g} M"
    return f"{orders / 1000:g} k"
