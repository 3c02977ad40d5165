"""What a caller gave, checked at the door."""

from decimal import Decimal
from typing import Any

import pytest

from services.errors import Invalid
from services.orders.body import Body
from services.orders.statuses import Kind


def faults(body: Body) -> dict[str, str]:
    with pytest.raises(Invalid) as raised:
        body.done()
    return raised.value.fields


@pytest.mark.parametrize("given", ["12.90", 12.9, Decimal("12.90"), "12.900"])
def test_an_amount_is_read_exactly(given: object) -> None:
    body = Body({"amount": given})
    assert body.money("amount") == Decimal("12.9")
    body.done()


@pytest.mark.parametrize(
    "given",
    ["12,90", "abc", "", " 1", "1_000", "NaN", "Infinity", "1e400", "-1", -1, True, [], {}, "12.9999", "1e12", "١٢"],
)
def test_what_is_no_amount_is_refused(given: object) -> None:
    body = Body({"amount": given})
    assert body.money("amount") is None
    assert set(faults(body)) == {"amount"}


@pytest.mark.parametrize("given", [0, "0", "-2", -0.5])
def test_a_quantity_is_more_than_zero(given: object) -> None:
    body = Body({"quantity": given})
    body.quantity("quantity")
    assert set(faults(body)) == {"quantity"}


@pytest.mark.parametrize("text", ["a\x00b", "half \ud800 of a character", "x" * 201, 5, ["a"]])
def test_a_text_that_cannot_be_kept_is_refused(text: object) -> None:
    body = Body({"name": text})
    body.text("name")
    assert set(faults(body)) == {"name"}


@pytest.mark.parametrize(
    "text", ["' OR 1=1 --", "<script>alert(1)</script>", "#☠1☢\n---\n4321\n", "=1+1", "{name}", "  ~  "]
)
def test_text_is_data_and_comes_through_unchanged(text: str) -> None:
    body = Body({"name": text})
    assert body.text("name") == text
    body.done()


def test_every_fault_is_told_at_once_with_its_path() -> None:
    body = Body({"lines": [{"quantity": "1"}, {"quantity": "x", "colour": "red"}], "\ud800": 1})
    for line in body.children("lines"):
        line.quantity("quantity", required=True)
        line.text("name", required=True)
    told = faults(body)
    assert set(told) == {"lines.0.name", "lines.1.name", "lines.1.quantity", "lines.1.colour", "?"}
    assert told["lines.1.colour"] == "There is no such field here."


@pytest.mark.parametrize("given", [None, [], "text", 5])
def test_a_body_that_is_no_object_is_refused(given: Any) -> None:
    assert set(faults(Body(given))) == {"body"}


@pytest.mark.parametrize(
    "given", ["2026-03-14", "2026-03-14T09:26:53", "2026-13-01T00:00:00Z", "x", 5, "0001-01-01T00:00:00+14:00"]
)
def test_a_moment_needs_its_offset(given: object) -> None:
    body = Body({"at": given})
    body.moment("at")
    assert set(faults(body)) == {"at"}


def test_a_moment_becomes_utc() -> None:
    moment = Body({"at": "2026-03-14T10:26:53+01:00"}).moment("at")
    assert moment is not None
    assert moment.isoformat() == "2026-03-14T09:26:53"


def test_a_word_that_is_not_ours_is_answered_with_ours() -> None:
    body = Body({"kind": "virtual"})
    body.one_of("kind", Kind)
    assert faults(body)["kind"] == "This must be one of: physical, digital, gift_card."


def test_null_counts_as_not_given() -> None:
    body = Body({"name": None, "tags": None, "unknown": None})
    assert body.text("name") == ""
    assert body.texts("tags") == ()
    body.done()
