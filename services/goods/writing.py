"""Links and gift cards of a plan as rows of the store."""

from __future__ import annotations

from datetime import datetime

from data import downloads, gift_cards, goods
from data.store import Writer
from services.goods.plan import GoodsPlan


def write(door: Writer, order_id: str, plan: GoodsPlan, now: datetime) -> None:
    """Write them, in the transaction of the order's own event."""
    downloads.withdraw(door, order_id, plan.withdrawn, plan.why.value, now)
    downloads.withdraw(door, order_id, plan.reopened, "", None)
    downloads.add(door, plan.links, plan.link_files)
    gift_cards.add(door, plan.cards)
    gift_cards.enter(door, plan.entries)
    for card_id in plan.voided:
        gift_cards.change(door, card_id, {"voided_at": now, "voided_why": plan.why.value})
    for card_id in plan.unvoided:
        gift_cards.change(door, card_id, {"voided_at": None, "voided_why": ""})
    if plan.state:
        goods.put_state(door, order_id, plan.state.value, "", "", now)
