"""`reconcile` as it is typed: figures that add up, and one that does not."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from services.commands.line import main
from services.settings import Settings
from services.shop import opened
from tests.orders.sample import draft, keep


@pytest.fixture
def filled(embedded_settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """A shop of three orders in two currencies, named in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMPTOIR_STORE", embedded_settings.store)
    monkeypatch.setenv("COMPTOIR_FILES", embedded_settings.files)
    monkeypatch.setenv("COMPTOIR_SECRET", "a secret for tests only")
    with opened(embedded_settings) as shop:
        keep(shop, draft("1"), draft("2", total=Decimal(7)), draft("3", currency="JPY", total=Decimal(500)))
    return embedded_settings


def test_every_report_adds_up_to_the_order_list(filled: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reconcile"]) == 0
    assert "Every figure adds up to the order list" in capsys.readouterr().out
    assert main(["reconcile", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is True
    assert {(one["currency"], one["clock"]) for one in told["reports"]} == {
        (currency, clock) for currency in ("EUR", "JPY") for clock in ("order", "event")
    }
    by_product = next(one for one in told["reports"] if one["report"] == "revenue_by_product")
    assert by_product["told"]["placed"] == by_product["listed"]["placed"] == "55.90"


def test_a_figure_that_does_not_add_up_ends_with_1(filled: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(filled) as shop, shop.store.write() as write:
        write.execute("update orders set paid = paid + 1 where number = '2'")
    assert main(["reconcile", "--json"]) == 1
    wrong = [one for one in json.loads(capsys.readouterr().out)["reports"] if not one["ok"]]
    assert {(one["currency"], one["clock"]) for one in wrong} == {("EUR", "event")}
    assert main(["reconcile"]) == 1
    assert "the order list says" in capsys.readouterr().out
