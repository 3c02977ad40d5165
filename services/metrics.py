"""What the operator's monitoring reads: counted as it happens here, and asked of the store at each scrape.

Every label has few values, all of them ours: routes by their template, screens by their file, states by their words.
Nothing that a person typed becomes a label.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import Metric

from data.pace import SLOW_QUESTIONS, Waits
from services import clock, counting
from services.errors import ShopError
from services.messages.states import MessageState
from services.shop import Shop
from services.version import VERSION

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
STARTED = time.time()
# Messages that still want something: of the worker, or of a person.
OPEN = (MessageState.WAITING, MessageState.SENDING, MessageState.UNSURE, MessageState.FAILED)

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each, which nobody reads
OWN = CollectorRegistry()
ProcessCollector(registry=OWN)

REQUESTS = Counter(
    "comptoir_requests", "Requests by method, route and status.", ("method", "route", "status"), registry=OWN
)
REQUEST_SECONDS = Histogram(
    "comptoir_request_seconds", "Time of requests by route.", ("route",), buckets=_SECONDS, registry=OWN
)
SCREEN_SECONDS = Histogram(
    "comptoir_screen_seconds", "Time of drawing or of a step, by screen.", ("screen", "kind"), buckets=_SECONDS,
    registry=OWN,
)  # fmt: skip
SCREEN_FAILURES = Counter(
    "comptoir_screen_failures", "Screens and steps that failed.", ("screen", "kind"), registry=OWN
)
SESSIONS = Gauge("comptoir_sessions", "Browsers that are connected.", registry=OWN)
TURN_SECONDS = Histogram(
    "comptoir_turn_seconds", "Time of what is done now and then.", ("turn",), buckets=(0.01, 0.1, 1.0, 10.0, 60.0),
    registry=OWN,
)  # fmt: skip
TURN_FAILURES = Counter("comptoir_turn_failures", "Turns that failed and are tried again.", ("turn",), registry=OWN)


def sessions() -> int:
    """How many browsers are connected."""
    return int(next(iter(SESSIONS.collect())).samples[0].value)


@contextmanager
def timed(histogram: Histogram, *labels: str) -> Iterator[None]:
    """Note how long the block took, whether it ended well or not."""
    began = time.perf_counter()
    try:
        yield
    finally:
        histogram.labels(*labels).observe(time.perf_counter() - began)


def text(shop: Shop | None, alive: dict[str, bool]) -> bytes:
    """Everything as Prometheus text, version 0.0.4. `alive` says which threads of this process run."""
    registry = CollectorRegistry()
    registry.register(_Told([*_of_the_process(alive), *_of_the_store(shop)]))
    return generate_latest(OWN) + generate_latest(registry)


class _Told:
    """Families that are made already, as a collector."""

    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> list[Metric]:
        return self._families


def _of_the_process(alive: dict[str, bool]) -> Iterator[Metric]:
    info = GaugeMetricFamily("comptoir_build_info", "The version that runs.", labels=["version"])
    info.add_metric([VERSION], 1)
    yield info
    yield _gauge("uptime_seconds", "Since the start of the process.", time.time() - STARTED)
    yield _gauge("worker_up", "Whether the message worker runs.", int(alive.get("worker", False)))
    yield _by(
        "thread_up", "Whether a thread of this process runs.", ["thread"], {(k,): int(v) for k, v in alive.items()}
    )


def _of_the_store(shop: Shop | None) -> Iterator[Metric]:
    try:
        told = counting.count(shop) if shop else None
    except ShopError:
        told = None
    yield _gauge("store_up", "Whether the store answers.", int(told is not None))
    yield _counter("store_slow_questions", "Questions to the store that took long.", SLOW_QUESTIONS.count)
    if shop is None or told is None:
        return
    now = clock.now()
    yield _by("orders", "Orders by payment and fulfilment status.", ["payment", "fulfilment"], told.orders)
    yield _by("messages", "Messages by state.", ["state"], {(s,): n for s, (n, _oldest) in told.messages.items()})
    ages = {(s,): _age(oldest, now) for s, (_n, oldest) in told.messages.items() if s in OPEN}
    yield _by("message_oldest_seconds", "For how long the oldest open message is due, by state.", ["state"], ages)
    yield _by("inbox", "Webhooks by source and outcome.", ["source", "outcome"], told.webhooks)
    yield _by("imports", "Imports by state.", ["state"], {(s,): n for s, n in told.imports.items()})
    yield _gauge("import_rejected_rows", "Rows that imports refused.", told.rejected_rows)
    yield _by("jobs", "Jobs by state.", ["state"], {(s,): n for s, n in told.jobs.items()})
    yield _counter("store_commits", "Changes since the start.", told.commits)
    yield _gauge("store_bytes", "Size of the store.", told.size)
    yield _waits(shop.store.waits)
    yield _counter("store_waits_refused", "Writers that waited for their turn in vain.", shop.store.waits.refused)


def _age(moment: datetime, now: datetime) -> float:
    """Seconds since a moment, 0 when it is to come."""
    return max(0.0, (now - moment).total_seconds())


def _gauge(name: str, said: str, value: float) -> Metric:
    return GaugeMetricFamily(f"comptoir_{name}", said, value=value)


def _counter(name: str, said: str, value: float) -> Metric:
    return CounterMetricFamily(f"comptoir_{name}", said, value=value)


def _by(name: str, said: str, labels: list[str], values: Mapping[Any, float]) -> Metric:
    family = GaugeMetricFamily(f"comptoir_{name}", said, labels=labels)
    for label_values, value in values.items():
        family.add_metric(list(label_values), value)
    return family


def _waits(waits: Waits) -> Metric:
    counts, upto, buckets = list(waits.counts), 0, []
    for bound, count in zip([*map(str, waits.BOUNDS), "+Inf"], counts, strict=True):
        upto += count
        buckets.append((bound, upto))
    return HistogramMetricFamily(
        "comptoir_store_wait_seconds", "How long writers waited for their turn.", buckets=buckets,
        sum_value=waits.seconds,
    )  # fmt: skip
