"""What has to be done now: a count and a click on it mean the same orders."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from services.orders.draft import DraftPayment
from services.orders.finding import View, find, todo_counts
from services.orders.statuses import FulfilmentStatus, PaymentKind, PaymentStatus
from services.orders.todo import Todo
from services.query import parse, write
from services.shop import Shop
from tests.orders.sample import NOW, draft, keep, numbers, unpaid


def test_the_heaps_hold_what_they_say(shop: Shop) -> None:
    keep(
        shop,
        draft("1"),
        draft("2", placed_at=datetime(2026, 3, 11, 12), payments=(charge(datetime(2026, 3, 11, 12)),)),
        draft("3", placed_at=datetime(2026, 3, 12, 12), payment_status=PaymentStatus.AUTHORISED),
        unpaid("4", placed_at=datetime(2026, 1, 1)),
        draft("5", fulfilment_status=FulfilmentStatus.ON_HOLD),
        draft("6", fulfilment_status=FulfilmentStatus.SHIPPED),
    )
    heaps = todo_counts(shop, NOW)  # a Saturday
    assert {heap.todo.value: sorted(numbers(find(shop, View(heap.filter)).rows)) for heap in heaps} == {
        "to_prepare": ["1", "2", "3"],
        "awaiting_payment": ["4"],
        "on_hold": ["5"],
        "late": ["2"],
        "give_back": [],
        "lost_mail": [],
        "all": ["1", "2", "3", "4", "5", "6"],
    }
    assert [heap.count for heap in heaps] == [3, 1, 1, 1, 0, 0, 6]


def test_a_heap_is_a_query_like_any_other(shop: Shop) -> None:
    for heap in todo_counts(shop, NOW):
        assert parse(write(heap.filter)) == heap.filter
    late = next(heap for heap in todo_counts(shop, NOW) if heap.todo is Todo.LATE)
    assert write(late.filter).endswith("placed:<2026-03-12 -paid:>=2026-03-12")


def test_an_order_is_not_late_before_its_money_came(shop: Shop) -> None:
    keep(shop, draft("1", placed_at=datetime(2026, 3, 2, 12), payments=(charge(datetime(2026, 3, 12, 12)),)))
    assert {heap.todo: heap.count for heap in todo_counts(shop, NOW)}[Todo.LATE] == 0
    assert {heap.todo: heap.count for heap in todo_counts(shop, datetime(2026, 3, 17, 12))}[Todo.LATE] == 1


def charge(at: datetime) -> DraftPayment:
    return DraftPayment(PaymentKind.CHARGE, Decimal("48.90"), at)


def test_money_to_give_back_is_what_cancelled_orders_hold_and_what_was_paid_too_much(any_shop: Shop) -> None:
    cancelled = {"fulfilment_status": FulfilmentStatus.WILL_NOT_DELIVER}
    back = DraftPayment(PaymentKind.REFUND, Decimal("10.00"))
    keep(
        any_shop,
        draft("1"),
        draft("2", **cancelled),
        draft("3", **cancelled, payments=(*draft().payments, back)),  # somebody has seen to it
        draft("4", payments=(DraftPayment(PaymentKind.CHARGE, Decimal("50.00")),)),
        draft("5", payments=(DraftPayment(PaymentKind.CHARGE, Decimal("58.90")), back)),
        unpaid("6"),
        unpaid("7", **cancelled),
    )

    def found(query: str) -> list[str]:
        return sorted(numbers(find(any_shop, View(parse(query))).rows))

    [heap] = [heap for heap in todo_counts(any_shop, NOW) if heap.todo is Todo.GIVE_BACK]
    assert (write(heap.filter), heap.count, found("due:<0")) == ("due:<0", 2, ["2", "4"])
    assert found("due:<-2") == ["2"]
    assert found("due:-2..-1") == ["4"]
    assert found("due:0..0") == ["1", "2", "3", "4", "5"]
    assert found("due:>0") == ["6", "7"]
