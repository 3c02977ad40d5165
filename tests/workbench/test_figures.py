"""The SQL that a report says of itself is asked in the workbench as it stands, and brings the same figures."""

from __future__ import annotations

import pytest

from services import workbench
from services.analytics import Clock, answer
from services.analytics.reports import REPORTS
from services.people import MERCHANT
from services.query import parse
from services.shop import Shop
from tests.orders.sample import NOTEBOOK, draft, keep, unpaid


@pytest.mark.parametrize("clock", Clock)
@pytest.mark.parametrize("query", ["", "country:FR month:2026-03 -tag:test tasse"])
def test_the_sql_of_every_report_brings_the_figures_of_the_report(shop: Shop, query: str, clock: Clock) -> None:
    keep(
        shop,
        draft("1"),
        draft("2", lines=(NOTEBOOK,), placed_at=draft().placed_at.replace(month=4), coupons=("TEN",)),
        unpaid("3", email="jon@example.com", name="Jon"),
        draft("4", source="other"),
    )
    for name in REPORTS:
        found = answer(shop, name, parse(query), clock)
        run = workbench.ask(shop, found.sql, MERCHANT)
        assert run.wait(60)
        assert run.error is None, f"{name}: {run.error}"
        assert run.answer
        assert len(run.answer.rows) == len(found.rows), name
        columns = [column.name for column in run.answer.columns]
        for measure in ("orders", "placed", "paid", "refunded"):
            if measure in columns and all(measure in row for row in found.rows):
                at = columns.index(measure)
                assert [row[at] for row in run.answer.rows] == [row[measure] for row in found.rows], (name, measure)
