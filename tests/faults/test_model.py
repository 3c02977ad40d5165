"""An order's life against a model in memory: any steps, in any sequence, by people who have not all looked again."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from services.errors import Conflict, Invalid
from services.orders import acting, life, reading
from services.orders.acting import Request
from services.orders.order import Order
from services.orders.statuses import ActionName as A
from services.orders.statuses import FulfilmentStatus as F
from services.orders.statuses import PaymentStatus as P
from services.people import Actor
from services.settings import Settings
from services.shop import Shop, open_shop
from tests.faults.model import HAS_LEFT, ORDERED, PRICES, TOTAL, ZERO, Facts, Life, Parcel, Refused
from tests.orders.sample import LYON, NOW, keep, unpaid

EXAMPLES = int(os.environ.get("COMPTOIR_MODEL_EXAMPLES", "12"))
STEPS = int(os.environ.get("COMPTOIR_MODEL_STEPS", "14"))
PEOPLE = st.sampled_from([0, 0, 0, 0, 1, 2])
PART = st.sampled_from([None, [1, 0], [0, 1], [2, 0], [1, 1], [2, 1]])
TAGS = st.sampled_from(["vip", "gift"])


def likely(*actions: A) -> Callable[[OrderLives], bool]:
    """Mostly what is possible; now and then whatever somebody tries."""
    return lambda machine: machine.model.version % 5 == 0 or any(one in machine.model.now.legal() for one in actions)


class OrderLives(RuleBasedStateMachine):
    """One order, three people, and the model of it."""

    shop: Shop
    numbers = count(1)

    def __init__(self) -> None:
        super().__init__()
        number = next(self.numbers)
        # somebody else each time: two orders that are alike would be told to look doubled
        whose = {"email": f"n{number}@example.com", "name": f"N{number}", "placed_at": NOW - timedelta(days=number)}
        home = replace(LYON, name=f"N{number}", line1=f"{number} rue", phone="")
        [self.id] = keep(self.shop, unpaid(str(number), **whose, shipping_address=home, billing_address=home))
        self.model, self.seen, self.order = Life(), [1, 1, 1], self.read()
        self.lines = [line.id for line in self.order.lines]

    def read(self) -> Order:
        return reading.order(self.shop, self.id)

    @rule(who=PEOPLE)
    def looks_again(self, who: int) -> None:
        self.seen[who] = self.model.version

    def step(
        self, who: int, action: A, change: Callable[[Facts], tuple[str, ...]], tells: bool = True, **params: Any
    ) -> None:
        """What somebody does, to the order and to the model; whoever has not looked is refused."""
        self.tried(who, action, params, tells, lambda: self.model.does(action, change))

    def tried(self, who: int, action: A, params: dict[str, Any], tells: bool, in_model: Callable[[], None]) -> None:
        request = Request(action, self.id, self.seen[who], params, tell_customer=tells, insists=tells)
        try:
            if self.seen[who] != self.model.version:
                raise Refused("not looked again")
            in_model()
        except Refused:
            preview_refuses(self.shop, request, who)
            with pytest.raises((Conflict, Invalid)):
                acting.do(self.shop, request, person(who), NOW)
            self.seen[who] = self.model.version  # the sentence says to look again
        else:
            answer = acting.do(self.shop, request, person(who), NOW)
            self.seen[who] = self.model.version
            assert answer.order.version == self.model.version
        self.order = self.read()

    @precondition(likely(A.MARK_PAID))
    @rule(who=PEOPLE)
    def is_marked_paid(self, who: int) -> None:
        def change(facts: Facts) -> tuple[str, ...]:
            missing = max(TOTAL - facts.paid, ZERO)
            if missing:
                facts.moved.append(missing)
            facts.payment = facts.money_says() if missing else P.PAID
            return ("payment_received",) if missing else ()

        self.step(who, A.MARK_PAID, change)

    @precondition(lambda self: self.model.now.due > 0)
    @rule(who=PEOPLE, share=st.sampled_from([Decimal("0.3"), Decimal("0.5"), Decimal(1)]))
    def pays_by_hand(self, who: int, share: Decimal) -> None:
        amount = (self.model.now.due * share).quantize(Decimal("0.01"))

        def change(facts: Facts) -> tuple[str, ...]:
            facts.moved.append(amount)
            facts.payment = facts.money_says()
            return () if facts.goods is F.WILL_NOT_DELIVER else ("payment_received",)

        self.step(who, A.RECORD_PAYMENT, change, amount=str(amount))

    @precondition(likely(A.REFUND))
    @rule(who=PEOPLE, amount=st.sampled_from([Decimal("0.01"), Decimal("10.00"), Decimal("48.90")]))
    def gets_an_amount_back(self, who: int, amount: Decimal) -> None:
        def change(facts: Facts) -> tuple[str, ...]:
            if amount > facts.kept:
                raise Refused("more than is kept")
            facts.moved.append(-amount)
            facts.payment = facts.money_says()
            return ("refunded",)

        self.step(who, A.REFUND, change, amount=str(amount))

    @precondition(likely(A.REFUND))
    @rule(who=PEOPLE, part=PART.filter(bool))
    def gets_lines_back(self, who: int, part: list[int]) -> None:
        def change(facts: Facts) -> tuple[str, ...]:
            rest = [ordered - done for ordered, done in zip(ORDERED, facts.refunded_of, strict=True)]
            if any(some > left for some, left in zip(part, rest, strict=True)) or facts.kept <= 0:
                raise Refused("more than is left of a line, or no money")
            worth = sum((price * some for price, some in zip(PRICES, part, strict=True)), ZERO)
            facts.moved.append(-min(worth, facts.kept))
            facts.refunded_of = [a + b for a, b in zip(facts.refunded_of, part, strict=True)]
            facts.payment = facts.money_says()
            return ("refunded",)

        self.step(who, A.REFUND, change, lines=self.picked(part))

    @precondition(likely(A.MARK_PROCESSING, A.MARK_READY_FOR_PICKUP, A.MARK_WILL_NOT_DELIVER))
    @rule(who=PEOPLE, action=st.sampled_from([A.MARK_PROCESSING, A.MARK_READY_FOR_PICKUP, A.MARK_WILL_NOT_DELIVER]))
    def moves_on(self, who: int, action: A) -> None:
        becomes, mails = {
            A.MARK_PROCESSING: (F.PROCESSING, ()),
            A.MARK_READY_FOR_PICKUP: (F.READY_FOR_PICKUP, ("ready_for_pickup",)),
            A.MARK_WILL_NOT_DELIVER: (F.WILL_NOT_DELIVER, ()),
        }[action]

        def change(facts: Facts) -> tuple[str, ...]:
            facts.goods = becomes
            return mails

        self.step(who, action, change)

    @precondition(likely(A.MARK_SHIPPED))
    @rule(who=PEOPLE, part=PART)
    def is_shipped(self, who: int, part: list[int] | None) -> None:
        def change(facts: Facts) -> tuple[str, ...]:
            leaves = facts.left if part is None else part
            if any(some > left for some, left in zip(leaves, facts.left, strict=True)) or not any(leaves):
                raise Refused("nothing, or more than is left")
            _leave(facts, leaves)
            facts.goods = F.PARTIALLY_SHIPPED if any(facts.left) else F.SHIPPED
            return ("order_shipped",)

        params = {} if part is None else {"lines": self.picked(part)}
        self.step(who, A.MARK_SHIPPED, change, **params)

    @precondition(likely(A.MARK_OUT_FOR_DELIVERY))
    @rule(who=PEOPLE)
    def is_out_for_delivery(self, who: int) -> None:
        def change(facts: Facts) -> tuple[str, ...]:
            if facts.goods not in HAS_LEFT and any(facts.left):
                _leave(facts, facts.left)
            facts.goods = F.OUT_FOR_DELIVERY
            return ("out_for_delivery",)

        self.step(who, A.MARK_OUT_FOR_DELIVERY, change)

    @precondition(likely(A.MARK_DELIVERED))
    @rule(who=PEOPLE)
    def is_delivered(self, who: int) -> None:
        def change(facts: Facts) -> tuple[str, ...]:
            if facts.goods is F.PARTIALLY_SHIPPED:
                raise Refused("a part has not left")
            has_left = facts.goods in HAS_LEFT
            for parcel in facts.parcels:
                parcel.is_delivered = parcel.is_delivered or not parcel.is_void
            if not has_left and any(facts.left):
                _leave(facts, facts.left, is_delivered=True)
            facts.goods = F.DELIVERED
            return ("delivered",)

        self.step(who, A.MARK_DELIVERED, change)

    @precondition(likely(A.MARK_RETURNED))
    @rule(who=PEOPLE, part=PART)
    def comes_back(self, who: int, part: list[int] | None) -> None:
        def change(facts: Facts) -> tuple[str, ...]:
            back = facts.outside if part is None else part
            if any(some > left for some, left in zip(back, facts.outside, strict=True)) or not any(back):
                raise Refused("nothing, or more than is with the customer")
            facts.returned = [a + b for a, b in zip(facts.returned, back, strict=True)]
            if facts.goods is not F.PARTIALLY_SHIPPED and (part is None or not any(facts.outside)):
                facts.goods = F.RETURNED
            return ()

        params = {} if part is None else {"lines": self.picked(part)}
        self.step(who, A.MARK_RETURNED, change, **params)

    @precondition(likely(A.HOLD))
    @rule(who=PEOPLE)
    def is_held(self, who: int) -> None:
        def change(facts: Facts) -> tuple[str, ...]:
            facts.before_hold, facts.goods = facts.goods, F.ON_HOLD
            return ()

        self.step(who, A.HOLD, change)

    @precondition(likely(A.RELEASE))
    @rule(who=PEOPLE)
    def is_released(self, who: int) -> None:
        def change(facts: Facts) -> tuple[str, ...]:
            facts.goods = facts.before_hold
            return ()

        self.step(who, A.RELEASE, change)

    @precondition(likely(A.CANCEL))
    @rule(who=PEOPLE, refund=st.booleans())
    def is_cancelled(self, who: int, refund: bool) -> None:
        def change(facts: Facts) -> tuple[str, ...]:
            if any(facts.outside):
                raise Refused("goods have left the shop")
            back = facts.kept if refund else ZERO
            was_whole = facts.paid >= TOTAL
            facts.goods = F.WILL_NOT_DELIVER
            if back > 0:
                facts.moved.append(-back)
                facts.payment = facts.money_says()
                facts.refunded_of = list(ORDERED) if was_whole else facts.refunded_of
            elif facts.kept <= 0 and facts.payment in (P.AWAITING_PAYMENT, P.PARTIALLY_PAID):
                facts.payment = P.CANCELLED
            return ("cancelled",)

        self.step(who, A.CANCEL, change, refund=refund)

    @rule(who=PEOPLE, tag=TAGS, wants=st.booleans())
    def is_tagged(self, who: int, tag: str, wants: bool) -> None:
        def change(facts: Facts) -> tuple[str, ...]:
            if (tag in facts.tags) is wants:
                raise Refused("nothing changes")
            facts.tags = [*facts.tags, tag] if wants else [one for one in facts.tags if one != tag]
            return ()

        self.step(who, A.TAG if wants else A.UNTAG, change, tags=[tag])

    @rule(who=PEOPLE)
    def is_noted(self, who: int) -> None:
        words = f"note {self.model.version}"

        def change(facts: Facts) -> tuple[str, ...]:
            facts.notes.append(words)
            return ()

        self.step(who, A.ADD_NOTE, change, text=words)

    @precondition(lambda self: any(not parcel.is_void for parcel in self.model.now.parcels))
    @rule(who=PEOPLE, number=st.sampled_from(["6A1", "6A2"]))
    def gets_another_number(self, who: int, number: str) -> None:
        nth = next(n for n, parcel in enumerate(self.model.now.parcels) if not parcel.is_void)

        def change(facts: Facts) -> tuple[str, ...]:
            if facts.parcels[nth].number == number:
                raise Refused("nothing changes")
            facts.parcels[nth].number = number
            return ()

        shipment = self.order.shipments[0].id
        self.step(who, A.EDIT_TRACKING, change, tells=False, shipment=shipment, tracking_number=number)

    @precondition(lambda self: self.model.events)
    @rule(who=PEOPLE, back=st.sampled_from([1, 1, 1, 2, 3, 4]))
    def is_undone(self, who: int, back: int) -> None:
        nth = max(len(self.model.events) - back, 0)
        self.tried(who, A.UNDO, {"event": self.order.events[nth + 1].id}, False, lambda: self.model.undo(nth))

    def picked(self, part: list[int]) -> list[dict[str, Any]]:
        return [{"line_id": line, "quantity": some} for line, some in zip(self.lines, part, strict=True) if some]

    @invariant()
    def the_order_is_as_the_model_says(self) -> None:
        order, facts = self.order, self.model.now
        assert (order.payment_status, order.fulfilment_status) == (facts.payment, facts.goods)
        assert (order.paid, order.refunded, order.due) == (facts.paid, facts.refunded, facts.due)
        assert order.version == self.model.version == len(order.events)
        lines = [(line.shipped, line.returned, line.refunded) for line in order.lines]
        assert lines == list(zip(facts.shipped, facts.returned, facts.refunded_of, strict=True))
        parcels = [(parcel.tracking_number, parcel.delivered_at is not None) for parcel in order.shipments]
        assert parcels == [(one.number, one.is_delivered) for one in facts.parcels if not one.is_void]
        assert (sorted(order.tags), [note.text for note in order.notes]) == (sorted(facts.tags), facts.notes)
        mails = [(message.template, message.state == "cancelled") for message in order.messages]
        assert sorted(mails) == sorted(self.model.mails)
        assert {action for action in A if life.is_legal(order, action)} == facts.legal()


def person(who: int) -> Actor:
    return Actor(("ines", "bob", "zoe")[who])


def preview_refuses(shop: Shop, request: Request, who: int) -> None:
    """The sheet before a step says so as well."""
    try:
        answer = acting.preview(shop, request, person(who), NOW)
    except (Conflict, Invalid):
        return
    assert answer.refused


def _leave(facts: Facts, inside: list[int], is_delivered: bool = False) -> None:
    facts.shipped = [a + b for a, b in zip(facts.shipped, inside, strict=True)]
    facts.parcels.append(Parcel(list(inside), is_delivered=is_delivered))


def test_an_orders_life_is_as_the_model_says(embedded_settings: Settings) -> None:
    shop = open_shop(embedded_settings)
    OrderLives.shop = shop
    try:
        run_state_machine_as_test(
            OrderLives,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                derandomize="COMPTOIR_MODEL_EXAMPLES" not in os.environ,
                deadline=None,
                database=None,
                phases=(Phase.generate, Phase.shrink),
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        shop.close()
