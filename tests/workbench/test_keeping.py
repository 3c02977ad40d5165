"""Questions that are kept by name, the described views, and parameters."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from data.proofs import tables_of
from services import workbench
from services.errors import Invalid, NotFound
from services.language import use
from services.people import MERCHANT
from services.shop import Shop
from services.workbench import ParameterType, keeping, parameters
from services.workbench.examples import examples

MONTH = {"month": {"type": "month", "value": "2026-03"}}


def test_a_question_is_kept_with_its_parameters_and_its_chart_and_changed(any_shop: Shop) -> None:
    made = keeping.keep(any_shop, " Best  of a month ", "select $month", MONTH, {"kind": "bars"}, MERCHANT)
    assert keeping.saved(any_shop) == [made]
    assert (made.name, made.parameters, made.chart) == ("Best of a month", MONTH, {"kind": "bars"})
    changed = keeping.keep(any_shop, "Best of a month", "select 2", {}, {}, MERCHANT, made.id)
    assert (changed.id, keeping.one(any_shop, made.id).text) == (made.id, "select 2")
    assert len(keeping.saved(any_shop)) == 1
    keeping.forget(any_shop, made.id)
    with pytest.raises(NotFound):
        keeping.one(any_shop, made.id)


def test_a_kept_question_needs_a_name_of_its_own_and_a_text(shop: Shop) -> None:
    keeping.keep(shop, "Sales", "select 1", {}, {}, MERCHANT)
    for name, text, said in (
        ("  ", "select 1", "a name"),
        ("x" * 81, "select 1", "a name"),
        ("A", " ", "nothing to keep"),
        ("SALES", "select 1", "called “SALES” already"),
    ):
        with pytest.raises(Invalid, match=said):
            keeping.keep(shop, name, text, {}, {}, MERCHANT)


def test_what_is_kept_goes_into_a_backup(shop: Shop) -> None:
    with shop.store.read() as read:
        assert {"workbench_queries", "workbench_history"} <= set(tables_of(read))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_view_and_every_column_is_described(shop: Shop, language: str) -> None:
    with use(language):
        found = workbench.views(shop)
        for view in found:
            assert view.sentence.endswith(".")
            for column in view.columns:
                assert column.sentence, f"{view.name}.{column.name}"
        assert {"orders", "order_lines", "payments", "customers", "shipments", "events", "messages"} <= {
            view.name for view in found
        }
        money = next(
            column for view in found if view.name == "orders" for column in view.columns if column.name == "total"
        )
        assert money.unit == ("money" if language == "en" else "montant")


def test_the_examples_can_be_asked(shop: Shop) -> None:
    for one in examples():
        assert one.title
        assert workbench.look(one.text).views


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("month", "month"), ("from_month", "month"), ("placed_on", "day"), ("since", "day"), ("is_paid", "yes_no"),
        ("least", "number"), ("top", "number"), ("country", "text"), ("monthly", "text"),
    ],
)  # fmt: skip
def test_what_a_parameter_takes_is_guessed_by_its_name(name: str, kind: str) -> None:
    assert workbench.guessed(name) == kind


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", " a ", " a "), ("number", "1 234,50", Decimal("1234.50")), ("number", "-3", Decimal(-3)),
        ("day", " 2026-02-28 ", date(2026, 2, 28)), ("month", "2026-02", "2026-02"), ("yes_no", "false", False),
    ],
)  # fmt: skip
def test_what_was_typed_is_read_as_its_type(kind: str, typed: str, value: object) -> None:
    assert parameters.read("x", ParameterType(kind), typed) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("number", "many"), ("number", "nan"), ("number", "inf"), ("day", "2026-02-30"), ("month", "2026-13"),
     ("yes_no", "maybe")],
)  # fmt: skip
def test_what_does_not_fit_says_what_would(kind: str, typed: str) -> None:
    with pytest.raises(Invalid, match="does not fit"):
        parameters.read("x", ParameterType(kind), typed)
