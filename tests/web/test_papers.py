"""Papers over HTTP."""

from __future__ import annotations

from services.paper.kinds import Paper
from services.paper.links import link
from tests.web.conftest import Web
from tests.web.test_actions import BODY


def test_a_label_opens_in_the_browser(web: Web) -> None:
    order = web.post("/api/v1/orders", BODY).json()
    answer = web.get(link(Paper.LABEL, [order["id"]]), headers={"Authorization": ""})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith('inline; filename="label-')
    assert answer.content.startswith(b"%PDF-")


def test_another_site_gets_no_paper(web: Web) -> None:
    order = web.post("/api/v1/orders", BODY).json()
    there = {"Sec-Fetch-Site": "cross-site"}
    assert web.get(link(Paper.LABEL, [order["id"]]), headers=there).status_code == 403


def test_what_cannot_be_printed_says_why(web: Web) -> None:
    order = web.post("/api/v1/orders", BODY).json()
    for path, status in (
        ("/paper/label.pdf", 422),
        ("/paper/label.pdf?orders=nope", 404),
        ("/paper/nothing.pdf?orders=1", 404),
        (link(Paper.INVOICE, [order["id"]]), 409),
    ):
        answer = web.get(path)
        assert answer.status_code == status, path
        assert answer.json()["detail"]


def test_a_program_prints_invoices_and_each_has_its_number_for_good(web: Web) -> None:
    first, second = (web.post("/api/v1/orders", BODY).json() for _ in range(2))
    asked = {"paper": "invoice", "orders": [first["id"], second["number"]]}
    for _ in range(2):
        assert web.post("/api/v1/papers", asked).content.startswith(b"%PDF-")
    told = web.get(f"/api/v1/orders/{second['id']}").json()["events"]
    assert [event["after"] for event in told if event["kind"] == "document_issued"] == [{"document": "INV-2026-00002"}]
    assert web.get(f"/api/v1/orders/{first['id']}/papers/invoice.pdf").status_code == 200
    assert web.get(f"/api/v1/orders/{first['id']}/papers/credit-note.pdf").status_code == 409


def test_papers_of_no_order_are_refused(web: Web) -> None:
    answer = web.post("/api/v1/papers", {"paper": "label", "orders": []})
    assert answer.status_code == 422
    assert web.post("/api/v1/papers", {"paper": "label", "orders": ["999999"]}).status_code == 404
