"""A large Shopify export read by blocks: what comes in is what the reader that goes order by order makes of it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from data.doors import Row
from services.imports import blocks, runs, shopify_blocks
from services.imports.comparing import compare
from services.imports.result import PREVIEWED, RunResult
from services.imports.runs import run
from services.shop import Shop
from tests.conftest import NOW
from tests.imports.invented import COLUMNS_66, COLUMNS_79, Cells, file, line, order, text

TABLES = (
    "orders",
    "order_lines",
    "payments",
    "shipments",
    "shipment_lines",
    "order_notes",
    "order_events",
    "order_raws",
)
_MADE_HERE = {"id", "place", "line_id", "shipment_id", "import_run_id", "cause"}
USUAL = 40  # orders of which nothing is to be said, so that the others are few


def usual() -> list[Cells]:
    rows = []
    for number in range(1, USUAL + 1):
        rows += [order(f"#{number}", total="55.00", subtotal="50.00"), line(f"#{number}")]
    return rows


# what may stand in an order, plain or not
VARIED: dict[str, list[Cells]] = {
    "sent": [order(fulfillment_status="fulfilled", fulfilled_at="2024-03-02 09:00:00 -0530", notes="À 18 h\nau 2e")],
    "sent in part": [
        order(total="55.00", subtotal="50.00", fulfillment_status="partial"),
        line(lineitem_fulfillment_status="fulfilled"),
    ],
    "sent back": [
        order(fulfillment_status="restocked", fulfilled_at="2024-03-02 09:00:00 +0000", financial_status="refunded",
              refunded_amount="45.00"),
    ],
    "called sent back, never sent": [order(fulfillment_status="restocked")],
    "given back in part": [
        order(financial_status="partially_refunded", refunded_amount="5.50", outstanding_balance="0.00"),
    ],
    "paid in part": [order(financial_status="partially_paid", outstanding_balance="15.00")],
    "paid in part, nobody knows how much": [order(financial_status="partially_paid", outstanding_balance="")],
    "authorised": [order(financial_status="authorized")],
    "expired": [order(financial_status="expired")],
    "a word nobody knows": [order(financial_status="paid?", fulfillment_status="lost")],
    "nothing to pay": [order(total="0.00", subtotal="0.00", shipping="0.00", lineitem_price="0", payment_method="")],
    "a discount on one line": [order(total="41.00", subtotal="36.00", discount_amount="4.00", discount_code="A, É")],
    "a discount on two lines": [order(total="48.33", subtotal="43.33", discount_amount="6.67"), line()],
    "discounts of lines": [order(total="41.00", subtotal="36.00", discount_amount="4.00", lineitem_discount="4.00")],
    "a surcharge": [order(total="47.00", subtotal="42.00")],
    "tax included": [order(taxes="6.00", tax_1_name="TVA 20 %", tax_1_value="6.00")],
    "tax on top": [order(taxes="6.00", total="51.00", tax_1_name="TVA 20 %", tax_1_value="4.00", tax_2_value="2.00")],
    "taxes that do not add up": [order(taxes="6.00", total="51.00", tax_1_value="1.00")],
    "duties": [order(duties="3.5", total="48.5")],
    "sums that do not add up": [order(total="99.00"), line()],
    "cancelled": [order(cancelled_at="2024-03-03 10:00:00 +0100", financial_status="voided")],
    "a date that is none": [order(created_at="2024-02-30 10:00:00 +0100")],
    "a date of another form": [order(created_at="2024-02-20T10:00:00Z", paid_at="2024-02-20")],
    "no date": [order(created_at="")],
    "a sum that is none": [order(subtotal="x")],
    "many decimals": [order(lineitem_price="20.00049")],
    "no total": [order(total="")],
    "no lines": [order(lineitem_name="", lineitem_quantity="", lineitem_price="")],
    "a line of nothing": [order(total="55.00", subtotal="50.00"), line(), line(lineitem_quantity="0")],
    "half a piece": [order(lineitem_quantity="1.5", lineitem_price="26.667")],
    "less than nothing": [order(lineitem_quantity="-2")],
    "no currency": [order(currency="")],
    "yen": [order(currency="JPY", total="45", subtotal="40", shipping="5", lineitem_price="20")],
    "a currency that is none": [order(currency="ZZZ")],
    "small letters": [order(currency="eur")],
    "no id": [order("#'1001", id="")],
    "a shortened id": [order(id="6.86615E+12")],
    "phones": [order(phone="'+33 6 12", billing_phone="'0612", shipping_phone="3.36E+10"), ],
    "a phone of the address": [order(billing_phone="'0612345678")],
    "signs": [order(lineitem_name='Bol "d\'été" \\ 5"', lineitem_sku="L'É", shipping_name="=1+1")],
    "a quote in a reference": [order(payment_reference="it's")],
    "signs in a reference": [order(payment_reference="a\\b", payment_method="PayPal + Gift Card")],
    "several methods": [order(payment_method="PayPal + Gift Card")],
    "a test": [order(payment_method="(for testing) Bogus Gateway", tags="b, a, b", risk_level="High", source="pos")],
    "a gift card and a file": [
        order(total="55.00", subtotal="50.00", lineitem_requires_shipping="false", lineitem_name="Carte cadeau 20 €",
              fulfillment_status="fulfilled"),
        line(lineitem_requires_shipping="false"),
    ],
    "elsewhere": [order(shipping_country="Deutschland", billing_country="Atlantis", shipping_address1="")],
    "no address": [order(billing_name="", billing_address1="", billing_street="", billing_city="", billing_zip="",
                         billing_country="")],
    "terms": [order(payment_terms_name="Net 30", next_payment_due_at="2024-04-01")],
    "said beside": [order(note_attributes="gift: yes\nring: twice")],
    "said beside, with blanks": [order(note_attributes=" gift: yes\n")],
    "an address of a mail with blanks": [order(email=" ines@example.com ")],
    "a further row that says the same": [order(total="55.00", subtotal="50.00"), line(currency="EUR")],
    "a further row that says something else": [order(total="55.00", subtotal="50.00"), line(currency="USD", tags="x")],
    "two heads": [order(id="1"), order(id="2", email="otto@example.com")],
    "the same twice": [order(), order()],
    "no head": [line()],
    "its own line first": [line(), order(total="55.00", subtotal="50.00")],
}  # fmt: skip


def varied() -> list[Cells]:
    """Every kind once, each with a number of its own, between usual ones."""
    rows = usual()
    for place, kind in enumerate(VARIED.values(), start=1):
        rows += [row | {"Name": row["Name"].replace("1001", str(9000 + place))} for row in kind]
        rows += [order(f"#{500 + place}")]
        for row in rows[-len(kind) - 1 : -1]:
            if row.get("Id", "").endswith("1001"):
                row["Id"] = row["Id"].replace("1001", str(9000 + place))
    return rows


class Ways:
    """The two ways for one file; what each puts aside."""

    def __init__(self, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
        self.shop, self.monkeypatch = shop, monkeypatch
        self.staged: dict[str, list[str]] = {}
        self.plain = 0  # orders that went by blocks
        monkeypatch.setattr(runs, "compare", self._compare)
        real = shopify_blocks.ShopifyBlocks.stage

        def counted(engine: shopify_blocks.ShopifyBlocks, hashes: dict[int, str]) -> None:
            self.plain += len(hashes)
            real(engine, hashes)

        monkeypatch.setattr(shopify_blocks.ShopifyBlocks, "stage", counted)

    def by_orders(self, path: Path) -> tuple[dict[str, list[str]], RunResult]:
        return self._run(path, 1 << 40)

    def by_blocks(self, path: Path) -> tuple[dict[str, list[str]], RunResult]:
        return self._run(path, 0)

    def _run(self, path: Path, worth_it: int) -> tuple[dict[str, list[str]], RunResult]:
        self.monkeypatch.setattr(shopify_blocks, "WORTH_IT", worth_it)
        result = run(self.shop, path, dry_run=True, now=NOW)
        return self.staged, result

    def _compare(self, staging, context, taken_back):
        read = staging.read()
        number_of = {row["id"]: row["source_id"] for row in read.rows("select id, source_id from staged_orders")}
        self.staged = {
            name: sorted(_told(row, number_of) for row in read.rows(f"from staged_{name}")) for name in TABLES
        }
        return compare(staging, context, taken_back)


def _told(row: Row, number_of: dict[str, str]) -> str:
    kept = {name: value for name, value in row.items() if name not in _MADE_HERE}
    if "order_id" in kept:
        kept["order_id"] = number_of.get(kept["order_id"], "?")
    return repr(kept)


@pytest.fixture
def ways(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Ways:
    return Ways(shop, monkeypatch)


@pytest.mark.parametrize("size", [blocks.BLOCK, 9_000])
@pytest.mark.parametrize("columns", [COLUMNS_79, COLUMNS_66])
def test_whatever_stands_in_an_order_is_read_alike(ways: Ways, tmp_path, monkeypatch, columns, size):
    monkeypatch.setattr(blocks.blocks, "__defaults__", (size,))
    monkeypatch.setattr(shopify_blocks, "MOST_ODD", 1.0)
    path = file(tmp_path, varied(), columns)
    one_by_one, said = ways.by_orders(path)
    by_blocks, also_said = ways.by_blocks(path)
    for name in TABLES:
        assert by_blocks[name] == one_by_one[name]
    assert also_said == said
    assert ways.plain > USUAL + len(VARIED) * 1.3 - PREVIEWED
    assert said.rejected > 5 and said.warnings > 10


def test_what_is_known_by_its_number_gets_its_id_and_a_second_run_finds_all_the_same(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shopify_blocks, "WORTH_IT", 1 << 40)
    path = file(tmp_path, usual())
    without_ids = file(tmp_path, [row | {"Id": ""} for row in usual()], name="numbers.csv")
    assert run(shop, without_ids, now=NOW).new == USUAL
    monkeypatch.setattr(shopify_blocks, "WORTH_IT", 0)
    adopted = run(shop, path, now=NOW)
    assert (adopted.new, adopted.rejected) == (0, 0)
    with shop.store.read() as read:
        assert read.value("select count(*) from orders where source_id like '5%'") == USUAL
    again = run(shop, without_ids, now=NOW)
    assert (again.new, again.changed, again.same) == (0, 0, USUAL)


def test_rows_that_stand_apart_are_brought_together(ways: Ways, tmp_path: Path) -> None:
    path = file(tmp_path, [*usual(), line("#30", lineitem_name="Assiette")])
    one_by_one, said = ways.by_orders(path)
    by_blocks, also_said = ways.by_blocks(path)
    assert also_said == said
    lines = [row for row in by_blocks["order_lines"] if "Assiette" in row]
    assert len(lines) == 1 and lines[0] in one_by_one["order_lines"]


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda told: told + "\n#77,one cell too few\n",
        lambda told: told.replace("Brest", "Bre\x1fst", 1),
        lambda told: told + '"#78,never closed',
        lambda told: told.replace("\n", "\n\n", 1).replace("#40", "#40,,", 1),
        lambda told: told.replace("\n#31", "\n\n#31", 1),
        lambda told: told + "," * (len(COLUMNS_79) - 2) + "x\n",
        lambda told: told.replace("Atelier", "é" * 600_000, 1),
    ],
)
def test_a_file_that_is_not_as_shopify_writes_it_is_read_row_by_row(ways: Ways, tmp_path: Path, spoilt) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(spoilt(text(usual())), encoding="utf-8")
    one_by_one, said = ways.by_orders(path)
    assert ways.by_blocks(path) == (one_by_one, said)
    assert said.new >= USUAL - 1


def test_a_packed_file_with_line_ends_of_windows_is_read_by_blocks(ways: Ways, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv.gz"
    path.write_bytes(gzip.compress(text(varied()).replace("\n", "\r\n").encode("utf-8-sig")))
    assert ways.by_blocks(path) == ways.by_orders(path)
    assert ways.plain > USUAL


def test_a_file_of_odd_orders_is_left_to_the_other_reader(ways: Ways, tmp_path: Path) -> None:
    path = file(tmp_path, [order(f"#{number}", total="99.00") for number in range(1, USUAL + 1)])
    assert ways.by_blocks(path) == ways.by_orders(path)
    assert ways.plain == 0
