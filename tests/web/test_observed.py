"""What is noted of every request, and what never is."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

import pytest

from services import logs
from services.shop import Shop
from tests.orders.sample import draft, keep
from tests.web.conftest import Web
from tests.web.test_health import samples

MAIL = "ines.kaba@example.com"
NAME = "Kaba'); drop table orders;--"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is written to the log, as JSON."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.Json())
    handler.addFilter(lambda record: not record.name.startswith("httpx"))  # the test's own client
    root, ours = logging.getLogger(), logging.getLogger("comptoir")
    before = root.level, ours.level
    root.setLevel(logging.DEBUG)
    ours.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)
    root.setLevel(before[0])
    ours.setLevel(before[1])


def test_a_request_has_an_id_that_its_answer_gives_back(web: Web, log: io.StringIO) -> None:
    answer = web.get("/api/v1/orders", headers={"X-Request-ID": "from-the-proxy.1"})
    assert answer.headers["X-Request-ID"] == "from-the-proxy.1"
    assert '"message": "request", "request": "from-the-proxy.1", "method": "GET"' in log.getvalue()
    assert re.fullmatch("[0-9a-f]{16}", web.get("/api/v1/orders").headers["X-Request-ID"])


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/api/v1/orders", "/api/v1/orders"),
        (f"/api/v1/orders/{MAIL}", "/api/v1/orders/{id_or_number}"),
        ("/api/v1/analytics/overview", "/api/v1/analytics/{name}"),
        (f"/api/v1/{MAIL}", "/api/…"),
        (f"/d/{MAIL}", "/d/{token}"),
        ("/healthz", "/healthz"),
    ],
)
def test_a_request_is_counted_by_the_template_of_its_route(web: Web, path: str, route: str) -> None:
    def count() -> float:
        told = samples(web.get("/metrics").text)
        return sum(n for (name, labels), n in told.items() if name == "comptoir_requests_total" and labels[1] == route)

    before = count()
    web.get(path)
    assert count() == before + 1


def test_no_name_and_no_address_gets_into_log_or_figures(
    web: Web, shop: Shop, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = {
        "currency": "EUR", "email": MAIL, "name": NAME, "phone": "+33 6 12 34 56 78",
        "shipping_address": {"name": NAME, "line1": "12 rue des Lilas", "city": "Lyon", "country": "FR"},
        "lines": [{"name": "Tasse", "quantity": 1, "unit_price": "15.00"}],
    }  # fmt: skip
    assert web.post("/api/v1/orders", body).status_code == 201
    web.post("/api/v1/orders", body | {"total": NAME})
    web.get("/api/v1/orders", params={"q": f'"{NAME}" {MAIL}'})
    web.get("/api/v1/orders", params={MAIL: NAME})
    web.get(f"/api/v1/orders/{MAIL}", headers={"X-Request-ID": MAIL, "Authorization": f"Bearer {MAIL}"})
    web.get(f"/mail/{MAIL}")
    web.request(f"{'NAME'}", "/api/v1/orders")
    keep(shop, draft("7", name=NAME, email=MAIL))

    def breaks(*_given: object, **_more: object) -> None:
        raise ValueError(f"{NAME} <{MAIL}>")

    monkeypatch.setattr("services.web.orders.find", breaks)
    assert web.get("/api/v1/orders", params={"q": NAME}).status_code == 500
    written = log.getvalue()
    assert '"error": "ValueError"' in written
    for told in (written, web.get("/metrics").text):
        for secret in ("Kaba", "ines", "example.com", "Lilas", "12 34 56", "drop table"):
            assert secret not in told
