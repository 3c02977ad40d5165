"""What a bulk action would do, before anything is done: how many orders change and how, which are refused and why,
how many mails, and some of them to read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.ids import Ids
from data.store import Row
from services import clock
from services.bulk import working
from services.bulk.asking import Bulk, check_count
from services.bulk.loading import Orders
from services.bulk.telling import would_tell
from services.errors import ShopError, store_errors
from services.goods.completing import completed
from services.jobs.job import Item
from services.orders import acting, automatic, derive, doubled
from services.orders.letters import Letter, letter
from services.orders.order import Order
from services.orders.plan import Asked, applied
from services.people import Actor
from services.profile import Profile, profile
from services.shop import Shop

PORTION = 1000  # orders in memory at a time
SAMPLES = 3  # mails that are shown


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why orders would be left as they are, and which: ids and numbers."""

    sentence: str
    orders: tuple[tuple[str, str], ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.orders)


@dataclass(frozen=True, slots=True)
class Step:
    """A field (`payment_status`, `fulfilment_status`) that goes from one value to another, and in how many orders."""

    field: str
    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen. `count` orders are chosen, of which `will_do` change; `mails` would be written, `samples`
    are some of them; `warnings` are what to think of, with the number of orders that it is about."""

    count: int
    will_do: int
    mails: int
    samples: tuple[Letter, ...]
    steps: tuple[Step, ...]
    refusals: tuple[Refusal, ...]
    warnings: tuple[tuple[str, int], ...]

    @property
    def refused(self) -> int:
        """How many would be left as they are."""
        return self.count - self.will_do


class _Counted:
    def __init__(self) -> None:
        self.done, self.mails = 0, 0
        self.steps: Counter[tuple[str, str, str]] = Counter()
        self.refusals: dict[str, list[tuple[str, str]]] = {}
        self.warnings: Counter[str] = Counter()
        self.samples: list[Letter] = []
        self.paid: dict[str, Row] = {}  # orders that get money, as they would be: a twin of one is doubted


def preview(shop: Shop, asked: Bulk, actor: Actor, now: datetime | None = None) -> Preview:
    """What would be done to each order now; changes nothing. Raises `Invalid` when too many are selected."""
    at, counted = now or clock.now(), _Counted()
    items = sorted(asked.each(), key=lambda item: item.order_id)
    check_count(len(items))
    about, ids = asked.told(), Ids()
    with store_errors(), shop.store.read() as read:
        rules = profile(read, shop.settings)
        for start in range(0, len(items), PORTION):
            some = items[start : start + PORTION]
            orders = Orders(read, [item.order_id for item in some], asked.action)
            for item in some:
                this = Asked(at, actor, ids.fresh(), asked.reason, rules.time_zone)
                _count(counted, shop, about, item, orders, this, rules)
    refusals = sorted(counted.refusals.items(), key=lambda one: -len(one[1]))
    return Preview(
        count=len(items),
        will_do=counted.done,
        mails=counted.mails,
        samples=tuple(counted.samples),
        steps=tuple(Step(*step, count) for step, count in counted.steps.most_common()),
        refusals=tuple(Refusal(sentence, tuple(orders)) for sentence, orders in refusals),
        warnings=tuple(counted.warnings.most_common()),
    )


def _count(
    counted: _Counted, shop: Shop, about: dict[str, Any], item: Item, orders: Orders, asked: Asked, rules: Profile
) -> None:
    def judged(order: Order) -> tuple[Order, Order, int, tuple[str, ...], list[Letter]]:
        wanted = working.request(about, item)
        acting.check_version(order, wanted, asked)
        plan = completed(orders.read, shop.settings, order, acting.planned(order, wanted, asked), rules, asked)
        after = applied(order, plan, asked.at)
        told, letters = would_tell(plan, after, rules, wanted), []
        if told and len(counted.samples) < SAMPLES:
            letters = [letter(row) for row in acting.letters_of(shop, plan, after, rules, asked, wanted)]
        warnings = acting.warnings_of(plan, after, wanted)
        is_followed = automatic.concerns(order)
        # of goods that need a parcel a twin is only tagged, and to look for those of thousands takes its time
        if derive.received(plan.payments) and (is_followed or doubled.paid_twice(after)):
            after = doubled.foreseen(orders.read, after, rules, asked.at, counted.paid)
            statuses = {name: getattr(after, name).value for name in ("payment_status", "fulfilment_status")}
            counted.paid[order.id] = statuses
        if not is_followed:
            return order, after, told, warnings, letters
        goods = automatic.foreseen(orders.read, shop, order, after, rules, asked, wanted.tell_customer, plan.goods)
        return order, goods.order, told + len(goods.letters), (*warnings, *goods.warnings), [*letters, *goods.letters]

    try:
        order, after, told, warnings, letters = orders.asked(item.order_id, judged)
    except ShopError as refusal:
        counted.refusals.setdefault(refusal.sentence, []).append((item.order_id, orders.number(item.order_id)))
        return
    counted.done += 1
    counted.mails += told
    counted.samples += letters[: SAMPLES - len(counted.samples)]
    counted.warnings.update(warnings)
    counted.steps.update(_steps(order, after))
    orders.change(after)


def _steps(order: Order, after: Order) -> list[tuple[str, str, str]]:
    found = []
    for name in ("payment_status", "fulfilment_status"):
        before, then = getattr(order, name), getattr(after, name)
        if before is not then:
            found.append((name, before.value, then.value))
    return found
