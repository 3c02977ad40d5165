"""`GET /healthz` and `GET /metrics`, for the operator."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from services import counting
from services import shop as shops
from services.errors import ShopError
from services.language import _
from services.version import VERSION
from services.web.running import RUNNING

STARTED = time.time()
Labels = Mapping[str, str]


def healthz(_request: Request) -> Response:
    """200 once pages, API and worker all serve; 503 with what is missing otherwise."""
    try:
        shop = shops.current()
        counting.check(shop)
    except ShopError as error:
        return _unwell(error.sentence)
    if not RUNNING.is_working:
        return _unwell(_("The message worker does not run."))
    return JSONResponse({"status": "ok", "store": shop.store.home.name, "version": VERSION})


def _unwell(detail: str) -> Response:
    return JSONResponse({"status": "unavailable", "detail": detail, "version": VERSION}, 503, {"Retry-After": "5"})


def metrics(_request: Request) -> Response:
    """Prometheus text, version 0.0.4."""
    lines = [
        *_metric("build_info", "gauge", "The version that runs.", [({"version": VERSION}, 1)]),
        *_metric("uptime_seconds", "gauge", "Since the start of the process.", [({}, time.time() - STARTED)]),
        *_metric("worker_up", "gauge", "Whether the message worker runs.", [({}, int(RUNNING.is_working))]),
    ]
    try:
        counts = counting.count(shops.current())
    except ShopError:
        lines += _metric("store_up", "gauge", "Whether the store answers.", [({}, 0)])
    else:
        orders = [({"payment": p, "fulfilment": f}, n) for (p, f), n in counts.orders.items()]
        mails = [({"state": state}, n) for state, n in counts.messages.items()]
        lines += _metric("store_up", "gauge", "Whether the store answers.", [({}, 1)])
        lines += _metric("orders", "gauge", "Orders by payment and fulfilment status.", orders)
        lines += _metric("messages", "gauge", "Messages by state.", mails)
        hooks = [({"source": source, "outcome": outcome}, n) for (source, outcome), n in counts.webhooks.items()]
        lines += _metric("inbox", "gauge", "Webhooks by source and outcome.", hooks)
        lines += _metric("import_rejected_rows", "gauge", "Rows that imports refused.", [({}, counts.rejected_rows)])
        lines += _metric("store_commits_total", "counter", "Changes since the start.", [({}, counts.commits)])
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


def _metric(name: str, kind: str, help_text: str, samples: Iterable[tuple[Labels, float]]) -> list[str]:
    lines = [f"# HELP comptoir_{name} {help_text}", f"# TYPE comptoir_{name} {kind}"]
    for labels, value in samples:
        named = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        lines.append(f"comptoir_{name}{{{named}}} {value}" if named else f"comptoir_{name} {value}")
    return lines


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
