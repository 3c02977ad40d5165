"""Costs from a file: columns are guessed, rows matched with products, and what is left out is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from services import cost_files, product_costs
from services.cost_files import Column
from services.errors import Invalid
from services.orders.draft import DraftLine
from services.people import MERCHANT
from services.product_costs import Cost
from services.shop import Shop
from tests.orders.sample import MUGS, NOTEBOOK, draft, keep

D = Decimal


def read(shop: Shop, folder: Path, text: str) -> cost_files.Read:
    file = folder / "costs.csv"
    file.write_text(text, encoding="utf-8")
    return cost_files.read(shop, file, "EUR")


def test_a_french_list_is_read_by_its_column_names(shop: Shop, tmp_path: Path) -> None:
    keep(shop, draft("1"))
    found = read(
        shop,
        tmp_path,
        "Réf;Désignation;Prix d’achat HT;Catégorie;Depuis\n"
        "tasse-1;;6,50;Tasses;01/02/2026\n;carnet a5;3,125;;25/02/2026\nNEUF-9;Neuf;1,00;;\n",
    )
    assert found.columns[Column.COST] == "Prix d’achat HT"
    assert found.costs == (
        Cost("TASSE-1", "EUR", D("6.5"), date(2026, 2, 1), "Tasses"),
        Cost("CARN-5", "EUR", D("3.125"), date(2026, 2, 25)),
        Cost("NEUF-9", "EUR", D(1)),
    )
    assert (found.rejects, found.unsold) == ((), 1)
    assert product_costs.keep(shop, found.costs, MERCHANT) == 3


def test_rows_that_say_no_cost_are_left_out_with_a_reason(shop: Shop, tmp_path: Path) -> None:
    twin = DraftLine("Tasse bleue", D(1), D(9), sku="TASSE-2")
    keep(shop, draft("1", lines=(MUGS, twin, NOTEBOOK)))
    found = read(
        shop,
        tmp_path,
        "sku,product,cost,currency,since\nA,,-1.50,,\nB,,cheap,,\n,,2.00,,\nC,,,,\nD,,3.00,euro,\nE,,3.00,,someday\n"
        ",Tasse bleue,4.00,,\nF,,5.00,,\nF,,6.00,,\nF,,5.00,,\nF,,6.00,USD,\n",
    )
    assert [(one.line, one.reason.split(":")[0]) for one in found.rejects] == [
        (2, "A cost is zero or more, and below 100,000,000."),
        (3, "“cheap” is no amount."),
        (4, "It names no product."),
        (5, "It says neither a cost nor a category."),
        (6, "“euro” is no currency; it takes an ISO 4217 code such as EUR."),
        (7, "“someday” is no day"),
        (8, "Several products have this name"),
        (10, "A row above says otherwise of the same product and day."),
    ]
    assert [(one.product_key, one.currency, one.unit_cost) for one in found.costs] == [("F", "EUR", 5), ("F", "USD", 6)]


def test_a_thousand_that_may_be_a_fraction_is_not_guessed(shop: Shop, tmp_path: Path) -> None:
    found = read(shop, tmp_path, 'sku,cost\nA,"1,250"\nB,7\n')
    assert [one.reason for one in found.rejects] == [
        "“1,250” may be a thousand or a fraction: write it with two decimals."
    ]
    assert [one.unit_cost for one in found.costs] == [7]


def test_the_file_to_fill_in_is_read_again_also_with_hostile_names(shop: Shop, tmp_path: Path) -> None:
    keep(shop, draft("1", lines=(DraftLine('=HYPERLINK("x")', D(1), D(9)), DraftLine("A, b", D(1), D(9), sku="-7"))))
    text = cost_files.to_fill_in(product_costs.products(shop, "EUR"), "EUR").decode("utf-8-sig")
    assert "'=HYPERLINK" in text and "'-7" in text
    found = read(shop, tmp_path, text.replace(",,EUR", ",2.50,EUR"))
    assert {one.product_key for one in found.costs} == {'=HYPERLINK("x")', "-7"}
    assert found.unsold == 0


def test_what_is_no_list_of_costs_is_refused_with_a_sentence(shop: Shop, tmp_path: Path) -> None:
    for text, said in (("sku,price\nA,1\n", "is a cost"), ("who,cost\nA,1\n", "names the product")):
        with pytest.raises(Invalid, match=said):
            read(shop, tmp_path, text)
