"""Beginning a round, going on with it, and ending it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from data import rounds
from data.filters import Condition, Field, Filter, Sort, Text
from data.ids import new_id
from data.store import Writer
from services import clock, jobs
from services.bulk import Bulk
from services.errors import Conflict, Invalid, store_errors
from services.fulfilling.round import Round, load, product_key
from services.jobs import Job, JobKind, waking
from services.language import _, n_, number
from services.messages.wording import line as one_line
from services.money import ZERO
from services.orders import derive, life, reading
from services.orders.finding import View, find
from services.orders.order import Order
from services.orders.promise import promise
from services.orders.statuses import ActionName, Kind
from services.orders.todo import Todo, todo_filters
from services.people import Actor
from services.shop import Shop

MOST = 200  # orders in one round
SPARE = 50  # orders looked at beside those asked for, as some may have nothing to ship
LONGEST = 200  # characters of a tracking number


@dataclass(frozen=True, slots=True)
class Open:
    """A round that is under way, for the list of them."""

    id: str
    started_at: datetime
    actor: str
    count: int


def waiting(shop: Shop) -> Filter:
    """The orders that could go into a round: to prepare, with something for a parcel."""
    kept = shop.profile()
    to_prepare = todo_filters(clock.day(clock.now(), kept.time_zone), promise(kept))[Todo.TO_PREPARE]
    return to_prepare & Filter((Condition(Field.KIND, (Text(Kind.PHYSICAL.value),)),))


def open_rounds(shop: Shop) -> tuple[Open, ...]:
    """The rounds that are under way, the oldest first."""
    with store_errors(), shop.store.read() as read:
        found = rounds.open_rounds(read)
    return tuple(Open(row["id"], row["started_at"], row["actor"], row["count_orders"]) for row in found)


def get(shop: Shop, round_id: str) -> Round:
    """A round as it stands. Raises `NotFound`."""
    with store_errors(), shop.store.read() as read:
        return load(read, round_id)


def start(shop: Shop, count: int, actor: Actor, order_ids: Sequence[str] = (), now: datetime | None = None) -> Round:
    """Begin a round with the `count` oldest orders that wait and that nobody has, or with these. Raises `Conflict`
    when there is none, `Invalid` for too many."""
    chosen = list(dict.fromkeys(order_ids))
    if max(count, len(chosen)) > MOST:
        raise Invalid(_("A round takes at most {count} orders.", count=number(MOST)))
    at = now or clock.now()
    while True:
        offered = chosen or _oldest(shop, count + SPARE)
        if not offered:
            raise Conflict(_("No order is waiting that nobody has taken."))
        with store_errors(), shop.store.write() as write:
            taken = rounds.taken(write)
            free = [order_id for order_id in offered if order_id not in taken]
            if free == offered or (chosen and free):
                return _begun(write, free, len(chosen) or count, actor, at)
        if chosen:
            raise Conflict(_("Somebody has taken these orders already."))


def _begun(write: Writer, order_ids: Sequence[str], count: int, actor: Actor, at: datetime) -> Round:
    """Keep a round of the first `count` orders that have something to ship. Raises `Conflict` when none has."""
    orders = reading.several(write, order_ids).values()
    ready = [order.id for order in orders if life.refusal(order, ActionName.MARK_SHIPPED) is None and _ships(order)]
    if not ready:
        raise Conflict(_("None of these orders has anything to ship."))
    round_id = new_id(at)
    rounds.add(write, round_id, ready[:count], actor.name, at)
    return load(write, round_id)


def _ships(order: Order) -> bool:
    return any(derive.left_to_ship(line) for line in order.lines)


def pick(shop: Shop, round_id: str, order_id: str, line_id: str, picked: Decimal) -> None:
    """Say how much of a line is in the box, at most what is wanted. Raises `Conflict` for a round that is over."""
    with _changing(shop, round_id) as (write, one):
        for part in one.packing(order_id).picks:
            if part.line.id == line_id:
                rounds.put_pick(write, round_id, order_id, line_id, max(min(picked, part.wanted), ZERO))


def pick_product(shop: Shop, round_id: str, key: str, *, is_there: bool) -> None:
    """Say that all of a product is fetched, or none of it."""
    with _changing(shop, round_id) as (write, one):
        for packing in one.orders:
            for part in packing.picks:
                if product_key(part.line) == key:
                    rounds.put_pick(write, round_id, packing.order.id, part.line.id, part.wanted if is_there else ZERO)


def pick_order(shop: Shop, round_id: str, order_id: str) -> None:
    """Say that all of an order is in the box."""
    with _changing(shop, round_id) as (write, one):
        for part in one.packing(order_id).picks:
            rounds.put_pick(write, round_id, order_id, part.line.id, part.wanted)


def label(shop: Shop, round_id: str, order_id: str, tracking_number: str, carrier: str = "") -> None:
    """Keep the number that stands on the parcel of an order. Raises `Invalid` when it is too long, `Conflict` when
    another parcel of the round bears it."""
    told = one_line(tracking_number)
    if len(told) > LONGEST:
        raise Invalid(_("This is too long for a tracking number."))
    with _changing(shop, round_id) as (write, one):
        one.packing(order_id)
        bearer = next((p for p in one.orders if told and p.tracking_number == told and p.order.id != order_id), None)
        if bearer:
            raise Conflict(_("Order {number} bears this tracking number already.", number=bearer.order.number))
        rounds.change_order(write, round_id, order_id, {"tracking_number": told, "carrier": one_line(carrier)})


def put_back(shop: Shop, round_id: str, order_id: str, now: datetime | None = None) -> None:
    """Take an order out of the round: it waits again for anybody."""
    with _changing(shop, round_id) as (write, one):
        one.packing(order_id)
        rounds.change_order(write, round_id, order_id, {"left_at": now or clock.now()})


def to_ship(one: Round, *, tell_customer: bool = True) -> Bulk:
    """Marking as shipped the orders of a round that are ready, each with its tracking number."""
    items = []
    for packing in one.orders:
        if packing.is_ready:
            given = {"tracking_number": packing.tracking_number, "carrier": packing.carrier}
            items.append((packing.order.id, {name: value for name, value in given.items() if value}))
    return Bulk(ActionName.MARK_SHIPPED, items, tell_customer=tell_customer, about=_("Fulfilment"))


def ship(shop: Shop, round_id: str, actor: Actor, *, tell_customer: bool = True, now: datetime | None = None) -> Job:
    """Mark the orders that are ready as shipped, as one job that can be undone as a whole; the round is over, and what
    was not ready waits again. Raises `Conflict` when nothing is ready."""
    at = now or clock.now()
    with _changing(shop, round_id) as (write, one):
        asked = to_ship(one, tell_customer=tell_customer)
        if not asked.items:
            raise Conflict(_("No order is picked in full yet."))
        job = jobs.started(write, JobKind.BULK, asked.told(), asked.each(), actor, at)
        rounds.close(write, round_id, job.id, at)
    waking.wake()
    return job


def give_up(shop: Shop, round_id: str, now: datetime | None = None) -> int:
    """End a round without shipping: its orders wait again. How many there were."""
    with _changing(shop, round_id) as (write, one):
        rounds.close(write, round_id, None, now or clock.now())
        return len(one.orders)


def progress(one: Round) -> str:
    """How far a round is, in words."""
    items = _("{done} of {count} picked", done=number(int(one.picked)), count=number(int(one.wanted)))
    orders = n_("{count} order", "{count} orders", len(one.orders))
    return f"{orders} · {items}"


def _oldest(shop: Shop, count: int) -> list[str]:
    """Orders that wait and that nobody has, the oldest first."""
    with store_errors(), shop.store.read() as read:
        taken = rounds.taken(read)
    free: list[str] = []
    cursor, filter = None, waiting(shop)
    while len(free) < count:
        found = find(shop, View(filter, Sort.OLDEST, cursor=cursor), with_sums=False)
        free += [row["id"] for row in found.rows if row["id"] not in taken and not row["is_pickup"]]
        cursor = found.next
        if cursor is None:
            break
    return free[:count]


@contextmanager
def _changing(shop: Shop, round_id: str) -> Iterator[tuple[Writer, Round]]:
    with store_errors(), shop.store.write() as write:
        one = load(write, round_id)
        if one.is_closed:
            raise Conflict(_("This round is over."))
        yield write, one
