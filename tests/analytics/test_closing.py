"""A closed period keeps its figures; what changes later is a correction of the day on which it changed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from data.checks import check
from services.analytics import closing
from services.errors import Conflict, Invalid, NotFound
from services.orders import acting
from services.orders.acting import Request
from services.orders.draft import DraftPayment
from services.orders.statuses import ActionName, PaymentKind
from services.people import MERCHANT
from services.shop import Shop
from tests.orders.sample import draft, keep, unpaid

D = Decimal
FIRST, LAST = date(2026, 2, 1), date(2026, 2, 28)
NOW, LATER = datetime(2026, 3, 2, 9), datetime(2026, 3, 14, 9)


def close(shop: Shop) -> closing.Closing:
    return closing.close(shop, FIRST, LAST, "", MERCHANT, NOW)


def february(shop: Shop) -> list[str]:
    paid = DraftPayment(PaymentKind.CHARGE, D("48.90"), datetime(2026, 2, 5, 10))
    early = DraftPayment(PaymentKind.CHARGE, D("10"), datetime(2026, 2, 1, 10))
    return keep(
        shop,
        draft("1", placed_at=datetime(2026, 2, 5, 9), payments=(paid,)),
        unpaid("2", placed_at=datetime(2026, 2, 27)),
        draft("3", placed_at=datetime(2026, 1, 30), payments=(early,), total=D(10)),
        draft("4", placed_at=datetime(2026, 2, 7), currency="JPY", payments=()),
    )


def test_a_closed_month_keeps_its_figures_by_both_clocks(any_shop: Shop) -> None:
    february(any_shop)
    made = close(any_shop)
    assert {name: str(figure.normalize()) for name, figure in made.figures.items()} == {
        "placed": "97.8", "paid": "48.9", "refunded": "0", "moved_paid": "58.9", "moved_refunded": "0",
    }  # fmt: skip
    assert (made.order_count, made.actor, made.stands) == (3, "merchant", True)
    assert closing.every(any_shop) == (made,)
    assert closing.is_whole(any_shop, made)
    assert closing.corrections(any_shop, made) == ()


def test_what_changes_later_is_a_correction_of_its_own_day(any_shop: Shop) -> None:
    ids = february(any_shop)
    made = close(any_shop)
    request = Request(ActionName.CANCEL, ids[1], tell_customer=False)
    acting.do(any_shop, request, MERCHANT, LATER)
    (one,) = closing.corrections(any_shop, made)
    assert (one.number, one.changed_on, one.by("placed"), one.by("paid")) == (
        "2", date(2026, 3, 14), D("-48.90"), D(0),
    )  # fmt: skip
    assert closing.corrections_of(any_shop, date(2026, 3, 1), date(2026, 3, 31)) == (one,)
    assert closing.corrections_of(any_shop, date(2026, 4, 1), date(2026, 4, 30)) == ()
    assert closing.every(any_shop)[0].figures["placed"] == D("97.80")


def test_an_order_that_comes_late_or_goes_is_a_correction_too(shop: Shop) -> None:
    february(shop)
    made = close(shop)
    keep(shop, draft("5", placed_at=datetime(2026, 2, 9), payments=(), total=D(7)))
    (one,) = closing.corrections(shop, made)
    assert (one.number, one.before["placed"], one.after["placed"]) == ("5", 0, 7)


def test_what_was_frozen_shows_when_it_was_touched(shop: Shop) -> None:
    february(shop)
    made = close(shop)
    with shop.store.write() as write:
        write.execute("update closing_orders set paid = paid + 1 where number = '1'")
    assert not closing.is_whole(shop, made)
    with shop.store.read() as read:
        broken = {one.name: one.rows for one in check(read, "Europe/Paris")}
    assert broken["closings_come_to_what_their_orders_brought"] == 1


def test_days_are_closed_once_and_only_when_they_are_over(shop: Shop) -> None:
    made = close(shop)
    with pytest.raises(Conflict, match="closed already, by merchant"):
        closing.close(shop, LAST, date(2026, 3, 1), "", MERCHANT, NOW)
    closing.close(shop, FIRST, LAST, "USD", MERCHANT, NOW)
    with pytest.raises(Invalid, match="not over yet"):
        closing.close(shop, date(2026, 3, 1), date(2026, 3, 2), "", MERCHANT, NOW)
    with pytest.raises(Invalid, match="ends before it begins"):
        closing.close(shop, LAST, FIRST, "", MERCHANT, NOW)
    closing.reopen(shop, made.id, MERCHANT, LATER)
    with pytest.raises(Conflict, match="reopened already"):
        closing.reopen(shop, made.id, MERCHANT, LATER)
    with pytest.raises(NotFound):
        closing.reopen(shop, "no such", MERCHANT, LATER)
    assert close(shop).stands
