"""Papers are printed from orders: readable by people, and their barcodes by scanners."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from data import documents
from services import profile
from services.errors import Conflict, Invalid, NotFound
from services.orders import acting, reading
from services.orders.acting import Request
from services.orders.draft import Address, DraftLine, DraftShipment
from services.orders.statuses import ActionName, Kind
from services.paper.kinds import Paper
from services.paper.printing import MOST, issue, numbers, printed
from services.paper.sender import has_logo, keep_logo, sender
from services.people import Actor
from services.shop import Shop
from tests.orders.sample import LYON, MUGS, NOTEBOOK, NOW, draft, keep

ELISE = Actor("elise@example.com")
UPS = "1Z999AA10123456784"
OUTPUT = Path(__file__).parent.parent / "output" / "papers"
FAR = {
    "JP": Address("佐藤花子", "", "舟入川口町1-2", "", "広島市中区", "広島県", "7300846", "JP"),
    "SA": Address("محمد بن سعيد", "", "١٢ شارع الوزير", "", "الرياض", "", "12844", "SA"),
    "KR": Address("김민준", "", "테헤란로 123", "", "강남구", "서울특별시", "06236", "KR"),
    "CN": Address("王小明", "", "长安街1号", "", "北京市", "", "100006", "CN"),
    "TH": Address("สมชาย ใจดี", "", "99 ถนนสุขุมวิท", "", "วัฒนา", "กรุงเทพมหานคร", "10110", "TH"),
    "IN": Address("प्रिया शर्मा", "", "12 MG Road", "", "मुंबई", "Maharashtra", "400001", "IN"),
    "BR": Address("João Souza", "", "Rua da Praia 100", "", "Belo Horizonte", "MG", "30170011", "BR"),
    "GB": Address("John Smith", "Acme Ltd", "82 Clerkenwell Road", "", "London", "", "EC1M5RF", "GB"),
    "US": Address("Jane Doe", "", "301 Hamilton Avenue", "", "Palo Alto", "CA", "94303", "US"),
    "FR": LYON,
}


@pytest.fixture
def shop_of_elise(shop: Shop) -> Shop:
    with shop.store.write() as write:
        profile.change(
            write,
            shop.settings,
            {
                "shop_name": "Chez Élise",
                "language": "fr",
                "sender_address": "4 place du Marché\n69001 Lyon",
                "sender_country": "FR",
                "legal_lines": "SIRET 123 456 789 00012",
            },
            ELISE.name,
            NOW,
        )
    return shop


def pages(pdf: bytes, name: str = "") -> Iterator[tuple[str, Image.Image]]:
    """Text and picture of each page; the pictures are kept for whoever wants to look."""
    for place, page in enumerate(pypdfium2.PdfDocument(pdf)):
        picture = page.render(scale=2).to_pil()
        if name:
            OUTPUT.mkdir(parents=True, exist_ok=True)
            picture.save(OUTPUT / f"{name}-{place + 1}.png")
        yield page.get_textpage().get_text_range(), picture


def scanned(picture: Image.Image) -> list[str]:
    return sorted(found.text for found in zxingcpp.read_barcodes(picture))


def shipped(number: str, address: Address = LYON, tracking: str = UPS):  # type: ignore[no-untyped-def]
    parcel = DraftShipment(((0, Decimal(2), Decimal(0)),), NOW, "UPS", tracking)
    return draft(
        number, lines=(replace(MUGS, shipped=Decimal(2)), NOTEBOOK), shipments=(parcel,), shipping_address=address
    )


def test_a_label_says_from_whom_to_whom_and_its_barcode_is_the_tracking_number(shop_of_elise: Shop) -> None:
    ids = keep(shop_of_elise, shipped("2041", FAR["US"]))
    [(text, picture)] = pages(printed(shop_of_elise, Paper.LABEL, ids, now=NOW).pdf, "label")
    for said in ("Chez Élise", "69001 Lyon", "Jane Doe", "Palo Alto, CA 94303", "ÉTATS-UNIS", UPS, "Commande #2041"):
        assert said in text
    assert scanned(picture) == [UPS]
    assert picture.width * 148 == pytest.approx(picture.height * 105, rel=0.01)


def test_a_label_without_a_tracking_number_bears_the_orders(shop_of_elise: Shop) -> None:
    ids = keep(shop_of_elise, draft("2041"))
    [(text, picture)] = pages(printed(shop_of_elise, Paper.LABEL, ids, now=NOW).pdf)
    assert scanned(picture) == ["2041"]
    assert "FRANCE" not in text


@pytest.mark.parametrize("country", FAR)
def test_labels_for_ten_countries_show_every_letter(shop_of_elise: Shop, country: str) -> None:
    ids = keep(shop_of_elise, shipped("2041", FAR[country], ""))
    [(text, _picture)] = pages(printed(shop_of_elise, Paper.LABEL, ids, now=NOW).pdf, f"label-{country}")
    address = FAR[country]
    # right-to-left text comes back in the order of its signs, so letters are compared, not words
    wanted = {letter for letter in address.name + address.city if letter.isalpha()}
    assert wanted <= set(text)


def test_a_sheet_holds_eight_labels_and_leaves_out_used_places(shop_of_elise: Shop) -> None:
    ids = keep(shop_of_elise, *(shipped(str(n), FAR["GB"], f"{UPS[:-2]}{n}") for n in range(41, 48)))
    drawn = list(pages(printed(shop_of_elise, Paper.LABELS, ids, skip=2, now=NOW).pdf, "labels"))
    assert [len(scanned(picture)) for _text, picture in drawn] == [6, 1]


def test_a_packing_slip_lists_what_is_left_to_ship_without_prices(shop_of_elise: Shop) -> None:
    order = shipped("2041")
    card = DraftLine("Carte cadeau", Decimal(1), Decimal(25), kind=Kind.GIFT_CARD)
    ids = keep(shop_of_elise, replace(order, lines=(*order.lines, card), customer_comment="Sonnez\ndeux fois"))
    [(text, _picture)] = pages(printed(shop_of_elise, Paper.PACKING_SLIP, ids, now=NOW).pdf, "packing-slip")
    assert "Carnet A5" in text
    assert "deux fois" in text
    assert not any(said in text for said in ("Tasse bleue", "Carte cadeau", "€"))


def test_a_packing_slip_of_a_parcel_lists_what_is_in_it(shop_of_elise: Shop) -> None:
    [order_id] = keep(shop_of_elise, shipped("2041"))
    parcel = reading.order(shop_of_elise, order_id).shipments[0]
    made = printed(shop_of_elise, Paper.PACKING_SLIP, [order_id], parcel_id=parcel.id, now=NOW)
    [(text, _picture)] = pages(made.pdf)
    assert "Tasse bleue" in text
    assert "Carnet A5" not in text


def test_a_pick_list_adds_up_goods_of_many_orders(shop_of_elise: Shop) -> None:
    ids = keep(shop_of_elise, draft("1"), draft("2"), shipped("3"))
    [(text, _picture)] = pages(printed(shop_of_elise, Paper.PICK_LIST, ids, now=NOW).pdf, "pick-list")
    rows = [line.split() for line in text.splitlines()]
    assert ["3", "CARN-5", "Carnet", "A5", "#1,", "#2,", "#3"] in [row[:7] for row in rows]
    assert any(row[:2] == ["4", "TASSE-1"] for row in rows)


def test_hostile_texts_print_as_themselves(shop_of_elise: Shop) -> None:
    name = '#import "x.typ" <b>$x$ \\ *bold* `raw` @ref = // comment'
    ids = keep(shop_of_elise, draft("2041", lines=(replace(MUGS, name=name), NOTEBOOK), name="#panic()"))
    [(text, _picture)] = pages(printed(shop_of_elise, Paper.PACKING_SLIP, ids, now=NOW).pdf)
    assert name in text.replace("\r\n", " ")


def test_an_invoice_is_numbered_once_and_stays_as_issued(shop_of_elise: Shop) -> None:
    first, second = keep(shop_of_elise, draft("2041"), draft("2042"))
    issue(shop_of_elise, Paper.INVOICE, [first, second], ELISE, NOW)
    issue(shop_of_elise, Paper.INVOICE, [second, first], ELISE, NOW)
    assert numbers(shop_of_elise, first)[Paper.INVOICE] == ["INV-2026-00001"]
    assert numbers(shop_of_elise, second)[Paper.INVOICE] == ["INV-2026-00002"]
    change = Request(ActionName.EDIT_CONTACT, first, params={"billing_address": {"name": "Someone else"}})
    acting.do(shop_of_elise, change, ELISE, NOW)
    [(text, _picture)] = pages(printed(shop_of_elise, Paper.INVOICE, [first], now=NOW).pdf, "invoice")
    for said in ("INV-2026-00001", "Inès Kaba", "SIRET 123 456 789 00012", "48,90\u00a0€", "8,15\u00a0€"):
        assert said in text
    assert "Someone else" not in text
    events = [event for event in reading.order(shop_of_elise, first).events if event.after.get("document")]
    assert [event.after["document"] for event in events] == ["INV-2026-00001"]


def test_a_paper_that_was_not_issued_does_not_print(shop_of_elise: Shop) -> None:
    ids = keep(shop_of_elise, draft("2041"))
    with pytest.raises(Conflict):
        printed(shop_of_elise, Paper.INVOICE, ids, now=NOW)
    with pytest.raises(Conflict):
        issue(shop_of_elise, Paper.CREDIT_NOTE, ids, ELISE, NOW)


def test_a_credit_note_gives_back_what_the_refund_did_to_the_cent(shop_of_elise: Shop) -> None:
    [order_id] = keep(shop_of_elise, draft("2041", coupons=("MARS",)))
    line = reading.order(shop_of_elise, order_id).lines[0]
    given = {"lines": [{"line_id": line.id, "quantity": 1}]}
    acting.do(shop_of_elise, Request(ActionName.REFUND, order_id, params=given), ELISE, NOW)
    acting.do(shop_of_elise, Request(ActionName.REFUND, order_id, params={"amount": "5.00"}), ELISE, NOW)
    issue(shop_of_elise, Paper.CREDIT_NOTE, [order_id], ELISE, NOW)
    issue(shop_of_elise, Paper.CREDIT_NOTE, [order_id], ELISE, NOW)
    assert numbers(shop_of_elise, order_id) == {
        Paper.INVOICE: ["INV-2026-00001"],
        Paper.CREDIT_NOTE: ["CN-2026-00001", "CN-2026-00002"],
    }
    made = printed(shop_of_elise, Paper.CREDIT_NOTE, [order_id], now=NOW)
    first, second = (text for text, _picture in pages(made.pdf, "credit-note"))
    assert "Tasse bleue" in first
    assert "15,00\u00a0€" in first
    assert "5,00\u00a0€" in second
    assert "INV-2026-00001" in second


def test_documents_are_kept_alike_in_both_homes(any_shop: Shop) -> None:
    ids = keep(any_shop, draft("2041"), draft("2042"))
    issue(any_shop, Paper.INVOICE, ids, ELISE, NOW)
    with any_shop.store.read() as read:
        rows = documents.contents(read, ids, Paper.INVOICE)
    assert [row["number"] for row in rows] == ["INV-2026-00001", "INV-2026-00002"]
    assert json.loads(rows[0]["content_json"])["title"] == "Facture"


def test_no_order_too_many_and_unknown_ones_are_refused(shop_of_elise: Shop) -> None:
    [order_id] = keep(shop_of_elise, draft("2041"))
    for asked, error in (([], Invalid), ([order_id] * (MOST + 1), Invalid), (["no-id"], NotFound)):
        with pytest.raises(error):
            printed(shop_of_elise, Paper.LABEL, asked, now=NOW)
    with pytest.raises(NotFound):
        printed(shop_of_elise, Paper.LABEL, [order_id[:-4] + "0000"], now=NOW)


def give_logo(shop: Shop) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (3000, 1000), (15, 107, 79)).save(picture, "JPEG")
    with shop.store.write() as write:
        keep_logo(write, picture.getvalue(), ELISE.name, NOW)


def bears_the_logo(page: Image.Image) -> bool:
    near = [
        count
        for count, color in page.convert("RGB").getcolors(1 << 24) or []
        if all(abs(part - wanted) < 6 for part, wanted in zip(color, (15, 107, 79), strict=True))
    ]
    return sum(near) > 10_000


def kept_logos(shop: Shop) -> list[str]:
    with shop.store.read() as read:
        return [row["svg"] for row in read.rows("select svg from document_logos")]


def test_invoices_keep_their_logo_once_and_print_with_it_when_the_shop_has_another(any_shop: Shop) -> None:
    first, second = keep(any_shop, draft("2041"), draft("2042"))
    give_logo(any_shop)
    issue(any_shop, Paper.INVOICE, [first], ELISE, NOW)
    issue(any_shop, Paper.INVOICE, [second], ELISE, NOW)
    with any_shop.store.write() as write:
        keep_logo(write, b"", ELISE.name, NOW)
    with any_shop.store.read() as read:
        assert not [row for row in documents.contents(read, [first, second], Paper.INVOICE) if "<" in str(row)]
    assert len(kept_logos(any_shop)) == 1
    drawn = pages(printed(any_shop, Paper.INVOICE, [first, second], now=NOW).pdf)
    assert [bears_the_logo(page) for _text, page in drawn] == [True, True]


def test_an_invoice_that_was_issued_with_its_logo_inside_prints_as_it_was(shop: Shop) -> None:
    [order_id] = keep(shop, draft("2041"))
    give_logo(shop)
    issue(shop, Paper.INVOICE, [order_id], ELISE, NOW)
    with shop.store.write() as write:
        [row] = documents.contents(write, [order_id], Paper.INVOICE)
        before = json.dumps(json.loads(row["content_json"]) | {"logo": sender(write, shop.profile()).logo})
        write.execute("update documents set content_json = ?", [before])
        write.execute("delete from document_logos")
    [(_text, page)] = pages(printed(shop, Paper.INVOICE, [order_id], now=NOW).pdf)
    assert bears_the_logo(page)
    assert numbers(shop, order_id) == {Paper.INVOICE: ["INV-2026-00001"], Paper.CREDIT_NOTE: []}


def test_a_logo_is_any_picture_and_nothing_else(shop_of_elise: Shop) -> None:
    give_logo(shop_of_elise)
    with shop_of_elise.store.read() as read:
        assert 'width="600" height="200"' in sender(read, shop_of_elise.profile()).logo
    ids = keep(shop_of_elise, draft("2041"))
    [(_text, page)] = pages(printed(shop_of_elise, Paper.PACKING_SLIP, ids, now=NOW).pdf, "packing-slip-with-logo")
    assert bears_the_logo(page)
    with shop_of_elise.store.write() as write:
        with pytest.raises(Invalid):
            keep_logo(write, b"<svg onload='x'>", ELISE.name, NOW)
        keep_logo(write, b"", ELISE.name, NOW)
        assert not has_logo(write)
