"""Figures side by side."""

from __future__ import annotations

from pages.parts.tiles import Change, Tile, tiles
from services.orders.words import Role


def test_each_figure_stands_under_its_label_in_the_order_given() -> None:
    html = tiles([Tile("Paid", "12"), Tile("Net", "10")])
    assert [html.index(text) for text in ("Paid", "12", "Net", "10")] == sorted(
        html.index(text) for text in ("Paid", "12", "Net", "10")
    )
    assert "ct-tile-under" not in html, "nothing is kept free for a note that is not there"


def test_a_change_says_its_figure_its_meaning_and_what_it_is_measured_against() -> None:
    html = tiles([Tile("Refunds", "€30.00", change=Change("+12 %", Role.BAD, "than in October"))])
    assert "<span class='ct-tile-change ct-role-bad'>+12 %</span>" in html
    assert "than in October" in html


def test_texts_of_people_stay_texts() -> None:
    hostile = "<img src=x>"
    html = tiles([Tile(hostile, hostile, note=hostile, change=Change(hostile, against=hostile))])
    assert "<img" not in html
    assert html.count("&lt;img src=x&gt;") == 5
