"""The demo shop as a whole: made, and taken away when the merchant starts their own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from itertools import islice

import numpy as np
import pyarrow as pa

from data import goods, numbering, refreshing, sources
from data.filling import Filling, fill
from data.home import ROWS_IN_A_GROUP
from data.store import Writer
from services import clock
from services.demo import facts, timeline
from services.demo.dice import Dice
from services.demo.tables import SOURCE, Kept, Portion, order_lines, orders, portion
from services.demo.visits import Visits, visits
from services.errors import Conflict, Invalid
from services.language import _
from services.money import decimals
from services.people import SYSTEM
from services.profile import Profile, change, profile
from services.settings import KNOWN
from services.shop import Shop

MOST = 20_000_000
SEED = 1  # of the shop that `make run` makes
SHOP_NAME = "Chez Élise"
MERCHANT_EMAIL, SENDER_EMAIL = "elise@example.com", "no-reply@example.com"
_DRAWN = ROWS_IN_A_GROUP  # orders that are drawn at a time: the engine reads what was drawn at once on one core
_PORTION = 2 * _DRAWN  # orders that the store takes at a time
_KEPT_AT_ONCE = _PORTION  # whole groups of rows: one that is only begun is packed again with the next ones
_COUNTED_AT_ONCE = 4 * _DRAWN  # orders whose figures are written together


def make(shop: Shop, count: int, seed: int, until: date | None, now: datetime) -> int:
    """Make the demo shop with `count` invented orders up to the morning of `until` (today when None), in the place
    of an earlier demo; how many there are. The same seed and day give the same shop, and no message is ever made.
    Raises `Invalid` for a number or day that does not fit, `Conflict` when the store holds other orders."""
    if not 1 <= count <= MOST:
        raise Invalid(_("A demo shop holds 1 to {most} orders, not {count}.", most=MOST, count=count))
    with fill(shop.store) as filling:
        with filling.write() as write:
            if sources.count_beside(write, SOURCE):
                raise Conflict(_("This store holds orders of a real shop. The demo needs a store of its own."))
            kept = profile(write, shop.settings)
            today = clock.day(now, kept.time_zone)
            if until and not date(2000, 1, 1) <= until <= today:
                raise Invalid(_("The demo's last day must lie between 2000 and today, not on {day}.", day=until))
            filling.begin(write)
            sources.remove(write, SOURCE)
            numbering.start_again(write, SYSTEM.name, now)
            change(write, shop.settings, _its_settings(kept) | {"is_demo": True}, SYSTEM.name, now)
            dice = Dice(seed)
            parts = _portions(dice, home(kept), visits(dice, count, until or today, kept.time_zone, now))
            _add(filling, write, parts, kept.time_zone)
            if count <= _KEPT_AT_ONCE:
                filling.finish(write)
        if count > _KEPT_AT_ONCE:
            # a large shop is kept bit by bit: the engine skips what is kept, not what it holds in hand
            for _start in range(_KEPT_AT_ONCE, count, _KEPT_AT_ONCE):
                shop.store.let_go_of_memory()
                with filling.write() as write:
                    _add(filling, write, parts, kept.time_zone)
            with filling.write() as write:
                filling.finish(write)
    refreshing.refresh(shop.store, _COUNTED_AT_ONCE, pause=0)
    return count


def clear(shop: Shop, now: datetime) -> int:
    """*Start my own shop*: take away every invented order and what the demo set; how many orders went."""
    with shop.store.write() as write:
        count = sources.remove(write, SOURCE)
        goods.forget_files_of(write, SOURCE)
        numbering.start_again(write, SYSTEM.name, now)
        kept = profile(write, shop.settings)
        made = {"shop_name": SHOP_NAME, "merchant_email": MERCHANT_EMAIL, "sender_email": SENDER_EMAIL}
        first = {name: getattr(shop.settings, name) for name, value in made.items() if getattr(kept, name) == value}
        change(write, shop.settings, first | {"is_demo": False}, SYSTEM.name, now)
        return count


def _add(filling: Filling, write: Writer, parts: Iterator[dict[str, pa.Table]], zone: str) -> None:
    for part in islice(parts, _KEPT_AT_ONCE // _PORTION):
        filling.add(write, part, zone)


def home(kept: Profile) -> Kept:
    """What the demo takes from the shop's settings."""
    return Kept(kept.currency, 10 ** (3 - decimals(kept.currency)), kept.language)


def _portions(dice: Dice, shop: Kept, all_visits: Visits) -> Iterator[dict[str, pa.Table]]:
    """The incoming tables, so many orders at a time; the next ones are drawn while the store takes these."""
    count = len(all_visits.placed)

    def draw(start: int) -> dict[str, pa.Table]:
        end = min(start + _PORTION, count)
        drawn = [draw_some(first, min(first + _DRAWN, end)) for first in range(start, end, _DRAWN)]
        return {name: pa.concat_tables([tables[name] for tables in drawn]) for name in drawn[0]}

    def draw_some(start: int, end: int) -> dict[str, pa.Table]:
        some, numbers = slice(start, end), np.arange(start, end, dtype=np.int64)
        placed, customer, is_first = all_visits.placed[some], all_visits.customer[some], all_visits.is_first[some]
        return _tables(portion(dice, shop, numbers, placed, customer, is_first, all_visits.end))

    with ThreadPoolExecutor(1) as ahead:
        drawn = ahead.submit(draw, 0)
        for start in range(_PORTION, count, _PORTION):
            ready, drawn = drawn.result(), ahead.submit(draw, start)
            yield ready
        yield drawn.result()


def _tables(part: Portion) -> dict[str, pa.Table]:
    sent = facts.parcels(part)
    nothing = facts.empty("order_raws")
    return {
        "orders": orders(part),
        "order_lines": order_lines(part),
        "payments": facts.payments(part),
        "shipments": sent.shipments,
        "shipment_lines": sent.lines,
        "order_notes": facts.notes(part),
        "order_events": timeline.events(part),
        "order_raws": nothing,
    }


def _its_settings(kept: Profile) -> dict[str, str]:
    """A name and addresses for the demo, where the merchant has set none."""
    wished = {}
    if kept.shop_name == KNOWN["shop_name"][1]:
        wished["shop_name"] = SHOP_NAME
    if not kept.merchant_email:
        wished["merchant_email"] = MERCHANT_EMAIL
    if not kept.sender_email:
        wished["sender_email"] = SENDER_EMAIL
    return wished
