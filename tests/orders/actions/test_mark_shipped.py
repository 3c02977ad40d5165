"""A parcel goes to the carrier, and the customer is told."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from services.errors import Conflict, Invalid
from services.orders.statuses import ActionName, FulfilmentStatus, Kind
from services.shop import Shop
from tests.orders.moving import changed, do, now, preview
from tests.orders.sample import MUGS, NOTEBOOK, NOW, draft, keep, unpaid

SHIP = ActionName.MARK_SHIPPED


def test_all_that_is_left_goes_with_carrier_number_and_tracking_page(shop: Shop) -> None:
    [order] = keep(shop, draft())
    answer = do(shop, order, SHIP, carrier="Colissimo", tracking_number="6A123")
    assert changed(answer)["fulfilment_status"] == ("awaiting_processing", "shipped")
    kept = now(shop, order)
    [parcel] = kept.shipments
    assert (parcel.carrier, parcel.tracking_number) == ("Colissimo", "6A123")
    assert parcel.tracking_url == "https://www.laposte.fr/outils/suivre-vos-envois?code=6A123"
    assert {line.line_id: line.quantity for line in parcel.lines} == {line.id: line.quantity for line in kept.lines}
    assert all(line.shipped == line.quantity for line in kept.lines)


def test_the_customer_is_told_after_the_cooling_off_time(shop: Shop) -> None:
    [order] = keep(shop, draft())
    [mail] = do(shop, order, SHIP, tracking_number="6A123").messages
    assert (mail.message.to, mail.message.template, mail.message.state) == (
        "ines@example.com",
        "order_shipped",
        "waiting",
    )
    assert mail.message.send_after == NOW + timedelta(seconds=300)
    assert "6A123" in mail.text
    assert now(shop, order).messages == (mail.message,)


def test_nobody_is_told_when_the_box_is_not_ticked(shop: Shop) -> None:
    [order] = keep(shop, draft())
    assert do(shop, order, SHIP, tell_customer=False).messages == ()
    assert now(shop, order).messages == ()


@pytest.mark.parametrize(("change", "word"), [({"email": ""}, "no e-mail address"), ({"is_muted": True}, "muted")])
def test_it_says_when_nobody_can_be_told(shop: Shop, change: dict[str, object], word: str) -> None:
    [order] = keep(shop, draft(**change))
    seen = preview(shop, order, SHIP)
    assert seen.messages == ()
    assert word in seen.warnings[-1]


def test_some_lines_make_it_partially_shipped_and_the_rest_shipped(shop: Shop) -> None:
    [order] = keep(shop, draft())
    mugs, notebook = now(shop, order).lines
    do(shop, order, SHIP, lines=[{"line_id": mugs.id, "quantity": 1}])
    part = now(shop, order)
    assert part.fulfilment_status is FulfilmentStatus.PARTIALLY_SHIPPED
    assert [line.shipped for line in part.lines] == [1, 0]
    do(shop, order, SHIP)
    whole = now(shop, order)
    assert whole.fulfilment_status is FulfilmentStatus.SHIPPED
    assert {line.line_id: line.quantity for line in whole.shipments[1].lines} == {mugs.id: 1, notebook.id: 1}


def test_each_parcel_has_its_own_mail(shop: Shop) -> None:
    [order] = keep(shop, draft())
    mugs = now(shop, order).lines[0]
    do(shop, order, SHIP, lines=[{"line_id": mugs.id}])
    do(shop, order, SHIP)
    assert len(now(shop, order).messages) == 2


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        ([{"line_id": "MUGS", "quantity": 3}], "lines.0.quantity"),
        ([{"line_id": "MUGS", "quantity": 1}, {"line_id": "MUGS", "quantity": 2}], "lines.1.quantity"),
        ([{"line_id": "MUGS", "quantity": 0}], "lines.0.quantity"),
        ([{"line_id": "MUGS", "quantity": -1}], "lines.0.quantity"),
        ([{"line_id": "nothing"}], "lines.0.line_id"),
        ([{"quantity": 1}], "lines.0.line_id"),
        ([], "lines"),
        ("all", "lines"),
        ([{"line_id": "MUGS", "colour": "red"}], "lines.0.colour"),
    ],
)
def test_lines_that_do_not_fit_are_refused_by_name(shop: Shop, lines: object, path: str) -> None:
    [order] = keep(shop, draft())
    mugs = now(shop, order).lines[0].id
    if isinstance(lines, list):
        lines = [{**line, "line_id": mugs} if line.get("line_id") == "MUGS" else line for line in lines]
    with pytest.raises(Invalid) as raised:
        do(shop, order, SHIP, lines=lines)
    assert set(raised.value.fields) == {path}
    assert now(shop, order).version == 1


def test_digital_goods_do_not_go_into_the_parcel(shop: Shop) -> None:
    [order] = keep(shop, draft(lines=(MUGS, replace(NOTEBOOK, kind=Kind.DIGITAL))))
    do(shop, order, SHIP)
    kept = now(shop, order)
    assert kept.fulfilment_status is FulfilmentStatus.SHIPPED
    assert [line.shipped for line in kept.lines] == [2, 0]


def test_an_order_of_only_digital_goods_is_not_shipped(shop: Shop) -> None:
    [order] = keep(shop, draft(lines=(replace(NOTEBOOK, kind=Kind.DIGITAL),)))
    assert preview(shop, order, SHIP).refused is not None


def test_shipping_before_the_money_is_allowed_and_said_where_it_is_not_usual(shop: Shop) -> None:
    online, by_invoice = keep(shop, unpaid("1", payment_method="card"), unpaid("2", payment_method="bank_transfer"))
    assert preview(shop, online, SHIP).warnings == ("This order is not paid: its online payment was not processed.",)
    assert preview(shop, by_invoice, SHIP).warnings == ()


def test_a_strange_tracking_number_goes_in_and_comes_out_unchanged(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, SHIP, carrier="UPS", tracking_number="#☠1☢\n---\n4321")
    assert now(shop, order).shipments[0].tracking_number == "#☠1☢\n---\n4321"


def test_a_shipped_order_is_not_shipped_again(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, SHIP)
    with pytest.raises(Conflict):
        do(shop, order, SHIP)
    assert len(now(shop, order).messages) == 1


def test_decimal_quantities_ship_to_the_gram(shop: Shop) -> None:
    [order] = keep(shop, draft(lines=(replace(MUGS, quantity=Decimal("1.250")),)))
    line = now(shop, order).lines[0].id
    do(shop, order, SHIP, lines=[{"line_id": line, "quantity": "0.750"}])
    assert now(shop, order).fulfilment_status is FulfilmentStatus.PARTIALLY_SHIPPED
    do(shop, order, SHIP, lines=[{"line_id": line, "quantity": 0.5}])
    assert now(shop, order).fulfilment_status is FulfilmentStatus.SHIPPED
