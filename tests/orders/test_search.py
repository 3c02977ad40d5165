"""Search finds an order by anything on it, and says nothing it cannot keep."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from services.orders.draft import Address, DraftLine, DraftNote, DraftPayment, DraftShipment
from services.orders.finding import View, find
from services.orders.statuses import PaymentKind
from services.query import parse
from services.shop import Shop
from tests.orders.sample import LYON, NOW, draft, keep, numbers

SAMPLES = Path(__file__).parents[3] / "shared" / "real" / "hostile"


def found(shop: Shop, query: str) -> list[str]:
    return sorted(numbers(find(shop, View(parse(query), size=200)).rows))


def test_every_part_of_an_order_finds_it(any_shop: Shop) -> None:
    company = Address("Kaba & Fils", "L'Atelier Bleu", "3 quai Saint-Vincent", "Bât. B", "Genève", "GE", "1204", "CH")
    keep(
        any_shop,
        draft(
            "#EN-2041",
            name="Inès Kaba-Nuñez",
            email="ines.kaba@mail.example.com",
            billing_address=company,
            transaction_id="pi_3Q9x",
            customer_comment="Sonnez 2 fois, merci !",
            tags=("Fidèle client",),
            coupons=("ÉTÉ-10",),
            shipments=(DraftShipment(((0, Decimal(1), Decimal(0)),), NOW, "La Poste", "6A 1234 5678"),),
            notes=(DraftNote("Vérifier l’adresse", NOW, "Élise"),),
        ),
        draft("7", name="Jon Doe", email="jon@example.com", shipping_address=Address(), billing_address=Address(),
              lines=(DraftLine("Gift", Decimal(1), Decimal(5)),), payments=(), placed_at=datetime(2026, 1, 1)),
    )  # fmt: skip
    queries = """2041 #2041 en-2041 #EN-2041 ines INÈS kaba nunez kaba-nu ines.kaba@mail.example.com
        mail.example.com kaba@mail atelier l'atelier bleu quai vincent saint-vincent bât bat geneve genève GE 1204
        0612345678 06.12.34.56.78 +33612345678 tasse TASSE-1 carn-5 carnet pi_3q 8xk 8xk-77 sonnez merci fidele
        client été ete-10 6a 5678 verifier adresse"""
    missed = [query for query in queries.split() if found(any_shop, query) != ["#EN-2041"]]
    assert missed == []
    assert [found(any_shop, query) for query in ("06 12 34 56 78", "+33 (0)6 12 34 56 78", "kaba lyon tasse")] == [
        ["#EN-2041"]
    ] * 3
    for query in (
        "number:en-2041",
        "number:#2041",
        "tracking:6a",
        'coupon:"été-10"',
        'tag:"fidele client"',
        "note:adr",
    ):
        assert found(any_shop, query) == ["#EN-2041"], query
    for query in ("aba", "xlyon", "kaba doe", "tag:fidele", "name:lyon", "sku:tasse", "06 12 34 56 79"):
        assert found(any_shop, query) == [], query


def test_a_phrase_asks_for_its_words_side_by_side(any_shop: Shop) -> None:
    keep(
        any_shop,
        draft("1", customer_comment="la grande  tasse\nbleue"),
        draft("2", customer_comment="grande, bleue : la tasse", lines=(DraftLine("x", Decimal(1), Decimal(1)),)),
    )
    assert found(any_shop, '"GRANDE TASSE bl"') == ["1"]
    assert found(any_shop, 'grande "la tasse"') == ["2"]
    assert found(any_shop, '-"grande tasse" grande') == ["2"]
    assert found(any_shop, '"06 12 34 56 78"') == ["1", "2"]
    assert found(any_shop, '"  "') == ["1", "2"]


def test_fields_narrow_words_to_where_they_stand(shop: Shop) -> None:
    keep(shop, draft("1", shipping_address=Address(line1="4 rue de Lyon", city="Paris", country="FR")), draft("2"))
    assert found(shop, "lyon") == ["1", "2"]
    assert found(shop, "city:paris") == ["1"]
    assert found(shop, 'city:paris,"new york"') == ["1"]
    assert found(shop, "-city:paris") == ["2"]
    assert found(shop, "phone:06.12.34.56.78 -number:1") == ["2"]
    assert found(shop, "comment:none email:any tracking:none note:none") == ["1", "2"]


def hostile() -> list[str]:
    """Texts that break what handles text carelessly."""
    ours = ['"', "\\", '\\"', "'; drop table orders; --", "100%", "_", "${7*7}", "a:b", "-1", "1/2", "\x00a\x00b",
            "=1+1", "\u202eevil", "👩‍👩‍👧‍👦", "ﷺ", "ด้้้้้็็็็็้้้้้", "İstanbul",
            "Straße", "x" * 500, "a-" * 300, ",", ":", "(", "[", "*"]  # fmt: skip
    if not SAMPLES.exists():
        return ours
    lines = json.loads((SAMPLES / "blns.json").read_text(encoding="utf-8"))
    for file in sorted(SAMPLES.glob("*.txt")):
        lines += file.read_text(encoding="utf-8").splitlines()
    return [*ours, *(line for line in lines if line.strip())]


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.mark.parametrize("part", range(4))
def test_hostile_text_is_found_in_every_field(shop: Shop, part: int) -> None:
    lines = hostile()[part::4]
    keep(
        shop,
        *(draft(f"n{index}", **NOTHING | _place(index, line)) for index, line in enumerate(lines)),
    )
    missed = [line for index, line in enumerate(lines) if f"n{index}" not in found(shop, quoted(line))]
    assert missed == []


NOTHING = {
    "shipping_address": Address(), "billing_address": Address(), "name": "", "email": "", "lines": (), "payments": (),
}  # fmt: skip


def _place(index: int, line: str) -> dict[str, object]:
    """One text field after the other."""
    return (
        {"customer_comment": line},
        {"name": line},
        {"shipping_address": Address(line1=line)},
        {"billing_address": Address(phone=line, country="FR")},
        {"tags": (line,)},
        {"lines": (DraftLine(line, Decimal(1), Decimal(1)),)},
        {"lines": (DraftLine("x", Decimal(1), Decimal(1), sku=line),)},
        {"notes": (DraftNote(line, NOW, "x"),)},
        {"payments": (DraftPayment(PaymentKind.CHARGE, Decimal(1), NOW, reference=line),)},
        {"shipping_address": Address(company=line, city=line, postal_code=line)},
        {"payment_message": line},
    )[index % 11]


def test_hostile_codes_are_found_whole(shop: Shop) -> None:
    lines = hostile()[:25]
    keep(shop, *(draft(f"n{i}", tags=(line,), shipping_address=LYON) for i, line in enumerate(lines)))
    missed = [line for i, line in enumerate(lines) if f"n{i}" not in found(shop, f"tag:{quoted(line)}")]
    assert missed == []
