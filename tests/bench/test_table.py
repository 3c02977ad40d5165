"""The table of the benchmarks: what it compares, and what stays of the page around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import table
from bench.__main__ import number
from bench.figures import Figure, Run, before, keep, kept


def run(orders: int, ms: float, at: str = "2026-03-14 09:26") -> Run:
    newest = Figure("list", "newest 50", [ms] * 5, limit=2.0, target=10)
    cohorts = Figure("figures", "cohorts", [200.0], target=150)
    return Run(orders, at, "a machine", [1.0, 4.0], {"list: newest 50": newest, "figures: cohorts": cohorts})


def test_a_figure_stands_beside_the_plain_query_its_growth_and_the_run_before() -> None:
    told = table.told([run(10_000_000, 6.0), run(1_000_000, 5.0)], {10_000_000: run(10_000_000, 8.0)})
    assert "| list: newest 50 | 5.0 | 6.0 | 6.0 | 2.0 | 3.0 | 10 | 1.2 | 8.0 |  |" in told
    assert "| figures: cohorts | 200.0 | 200.0 | 200.0 |  |  | **150** | 1.0 | 200.0 |  |" in told
    assert "load 1 to 4" in told
    assert "Of 2 targets 1 are met; not: cohorts." in told


def test_what_takes_more_than_three_times_the_plain_query_is_bold_and_named() -> None:
    told = table.told([run(1_000_000, 7.0)], {})
    assert "| **3.5** |" in told
    assert "more take: newest 50." in told


def test_the_table_stands_between_its_marks_and_the_rest_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "README.md"
    page.write_text(f"# Before\n{table.BEGIN}\nold\n{table.END}\nAfter\n", encoding="utf-8")
    monkeypatch.setattr(table, "README", page)
    table.write([run(1_000_000, 5.0)], {})
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# Before\n{table.BEGIN}\n*1 M orders*")
    assert text.endswith(f"{table.END}\nAfter\n")
    assert "old" not in text


def test_the_page_has_the_marks() -> None:
    page = table.README.read_text(encoding="utf-8")
    assert 0 < page.index(table.BEGIN) < page.index(table.END)


def test_a_run_is_kept_and_the_one_before_it(tmp_path: Path) -> None:
    keep(run(10_000, 5.0, "first"), tmp_path)
    keep(run(10_000, 6.0, "second"), tmp_path)
    past = before(10_000, tmp_path)
    assert kept(tmp_path)[10_000] == run(10_000, 6.0, "second")
    assert past is not None
    assert past.at == "first"


@pytest.mark.parametrize(("said", "meant"), [("10k", 10_000), ("1m", 1_000_000), ("10M", 10_000_000), ("500", 500)])
def test_a_size_is_said_shortly(said: str, meant: int) -> None:
    assert number(said) == meant
