"""What the operator asks."""

from __future__ import annotations

import pytest

from data.errors import StoreUnreachable
from services import counting
from services.shop import Shop
from services.version import VERSION
from services.web.running import RUNNING
from tests.orders.sample import draft, keep
from tests.web.conftest import Web


class Busy:
    """A worker that works, or has died."""

    def __init__(self, is_alive: bool) -> None:
        self.is_alive = is_alive


def test_all_is_well_once_store_and_worker_answer(web: Web, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RUNNING, "worker", Busy(True))
    answer = web.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "store": shop.settings.store, "version": VERSION}


@pytest.mark.parametrize("worker", [None, Busy(False)])
def test_a_dead_worker_is_not_well(web: Web, monkeypatch: pytest.MonkeyPatch, worker: Busy | None) -> None:
    monkeypatch.setattr(RUNNING, "worker", worker)
    answer = web.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["detail"] == "The message worker does not run."


def test_a_store_that_is_gone_is_not_well(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_read: object) -> bool:
        raise StoreUnreachable("The store's PostgreSQL does not answer.")

    monkeypatch.setattr(RUNNING, "worker", Busy(True))
    monkeypatch.setattr(counting.counts, "answers", gone)
    answer = web.get("/healthz")
    assert answer.status_code == 503
    assert "PostgreSQL" in answer.json()["detail"]


def test_metrics_count_orders_and_messages(web: Web, shop: Shop) -> None:
    keep(shop, draft("1"), draft("2"))
    answer = web.get("/metrics", headers={"Authorization": ""})
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    assert 'comptoir_orders{payment="paid",fulfilment="awaiting_processing"} 2' in lines
    assert "comptoir_store_up 1" in lines
    assert f'comptoir_build_info{{version="{VERSION}"}} 1' in lines
    assert answer.text.endswith("\n")
