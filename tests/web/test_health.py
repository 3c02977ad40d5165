"""What the operator asks."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from data import messages
from data.errors import StoreUnreachable
from services import clock, counting
from services.messages import drafting
from services.messages.kinds import Template
from services.messages.parts import Words
from services.shop import Shop
from services.version import VERSION
from services.web.running import RUNNING
from tests.orders.sample import draft, keep
from tests.web.conftest import Web


def samples(text: str) -> dict[tuple[str, tuple[str, ...]], float]:
    """What a scrape tells: name and values of labels, by the names of these -> figure."""
    return {
        (one.name, tuple(value for _label, value in sorted(one.labels.items()))): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


class Busy:
    """A worker that works, or has died."""

    def __init__(self, is_alive: bool) -> None:
        self.is_alive = is_alive


def test_all_is_well_once_store_and_worker_answer(web: Web, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RUNNING, "worker", Busy(True))
    answer = web.get("/healthz")
    assert answer.status_code == 200
    body = answer.json()
    assert {name: body[name] for name in ("status", "store", "version")} == {
        "status": "ok", "store": shop.settings.store, "version": VERSION,
    }  # fmt: skip
    assert list(body)[:3] == ["status", "store", "version"]
    assert set(body["parts"]) == {"store", "worker", "upkeep", "mail", "disk"}
    assert body["parts"]["store"] == {"status": "ok"}


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
    told = samples(answer.text)
    assert told["comptoir_orders", ("awaiting_processing", "paid")] == 2
    assert told["comptoir_store_up", ()] == 1
    assert told["comptoir_build_info", (VERSION,)] == 1
    assert answer.text.endswith("\n")


def test_metrics_tell_all_that_an_operator_watches(web: Web, shop: Shop) -> None:
    keep(shop, draft("1"))
    web.get("/api/v1/orders")
    told = {name for name, _labels in samples(web.get("/metrics").text)}
    assert told >= {
        f"comptoir_{name}"
        for name in (
            "requests_total", "request_seconds_bucket", "sessions", "worker_up", "thread_up", "store_up",
            "store_commits_total", "store_bytes", "store_wait_seconds_bucket", "store_waits_refused_total",
            "store_slow_questions_total", "import_rejected_rows",
        )
    }  # fmt: skip
    assert "process_resident_memory_bytes" in told


def test_a_mail_that_is_due_for_long_shows_its_age_and_is_told_by_healthz(
    web: Web, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RUNNING, "worker", Busy(True))
    monkeypatch.setattr("services.health.mail_is_set_up", lambda *_given: True)
    due = clock.now() - timedelta(hours=2)
    made = drafting.row(
        Template.ORDER_CONFIRMATION, Words("S", "T", "<p>T</p>"), "en", to="ines@example.com", sender="a@example.com",
        now=due, send_after=due, key="k",
    )  # fmt: skip
    with shop.store.write() as write:
        messages.add(write, [made])
    assert samples(web.get("/metrics").text)["comptoir_message_oldest_seconds", ("waiting",)] >= 7200
    answer = web.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["parts"]["mail"]["detail"].startswith("Mails do not leave: the oldest was due 12")


def test_a_disk_without_room_is_told(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RUNNING, "worker", Busy(True))
    left = SimpleNamespace(total=10**12, used=0, free=50_000_000)
    monkeypatch.setattr("services.health.shutil.disk_usage", lambda _place: left)
    assert web.get("/healthz").json()["parts"]["disk"]["status"] == "failed"
    left.free = 500_000_000
    disk = web.get("/healthz").json()["parts"]["disk"]
    assert disk == {"status": "attention", "detail": "500 MB are left on the disk. Make room before it is full."}


def test_what_has_many_rows_is_counted_once_in_a_while_only(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(shop, draft("1"))
    monkeypatch.setattr(counting, "MANY", 0)
    assert sum(counting.count(shop).orders.values()) == 1
    keep(shop, draft("2"))
    assert sum(counting.count(shop).orders.values()) == 1
    monkeypatch.setattr(counting, "MANY", 100)
    monkeypatch.setattr(counting.time, "monotonic", lambda: 1e12)
    assert sum(counting.count(shop).orders.values()) == 2
