"""What is due by itself about goods without parcels: files that came by folder, orders that waited for them, cards
past their last day, tokens that nobody needs any more."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from data import downloads, goods
from data.ids import new_id
from services.errors import store_errors
from services.goods import cards, files
from services.goods.lying import Away
from services.goods.plan import GoodsState, Why
from services.messages.kinds import Template
from services.messages.states import MessageState
from services.orders import automatic, reading
from services.orders.plan import Asked
from services.people import SYSTEM
from services.profile import profile
from services.shop import Shop

log = logging.getLogger("comptoir")

FIRST, EVERY = 30.0, 120.0  # seconds after the start, and between two turns
AT_ONCE = 50  # orders that one turn tries again
KEPT_FOR = timedelta(days=7)
"""How long a token is kept after its mail was taken: the mail may bounce, and be sent again to another address."""
_OVER = (MessageState.ACCEPTED.value, MessageState.DELIVERED.value)
_FOR_GOOD = (Why.STAFF.value, Why.REISSUED.value)


def goods_turn(shop: Shop, now: datetime) -> Sequence[str]:
    """One turn, each part in a transaction of its own; what was done, in words for the log."""
    done = []
    try:
        if count := take_in(shop, now):
            done.append(f"{count} file(s) found in the folder of digital goods")
    except Away as error:  # the rest needs no bucket
        log.warning("%s", error.sentence)
    if count := try_waiting(shop, now):
        done.append(f"{count} order(s) got the goods that they waited for")
    if count := cards.expire(shop, now):
        done.append(f"{count} gift card(s) expired")
    forget_tokens(shop, now)
    return done


def take_in(shop: Shop, now: datetime) -> int:
    """Take note of what lies in the folder or the bucket; how many files are new. Nothing is written when nothing is.
    Raises `Away`."""
    files.look(shop.settings)
    with store_errors(), shop.store.read() as read:
        known = {row["place"] for row in goods.files(read)}
    if not files.is_anything_new(shop.settings, known):
        return 0
    with store_errors(), shop.store.write() as write:
        return files.pick_up(write, shop.settings, now)


def try_waiting(shop: Shop, now: datetime) -> int:
    """Hand over what waited for a file, where it is there by now; how many orders."""
    with store_errors(), shop.store.read() as read:
        waiting = goods.orders_in(read, GoodsState.WAITING, AT_ONCE)
    count = 0
    for row in waiting:
        with store_errors(), shop.store.write() as write:
            order, rules = reading.load(write, row["order_id"]), profile(write, shop.settings)
            followed = automatic.try_again(write, shop, order, rules, Asked(now, SYSTEM, new_id(), "", rules.time_zone))
            count += followed.order.version > order.version
    return count


def forget_tokens(shop: Shop, now: datetime) -> None:
    """Let go of tokens that no mail can need any more."""
    with store_errors(), shop.store.read() as read:
        if not downloads.tokens_kept(read):
            return
    with store_errors(), shop.store.write() as write:
        downloads.forget_tokens(write, now, now - KEPT_FOR, Template.DOWNLOAD_READY, _OVER, _FOR_GOOD)
