"""Links and gift cards of an order: new links, links withdrawn, a gift card taken as payment.

What these need of the store is worked out with it at hand (`services/goods/completing.py`): a planner sees the order
alone.
"""

from __future__ import annotations

from services.errors import Conflict
from services.goods.plan import Wish, WishKind
from services.language import _
from services.money import decimals
from services.orders.body import LINE, Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan
from services.orders.statuses import EventKind, Kind


def reissue_links(order: Order, body: Body, asked: Asked) -> Plan:
    """A new link for what is paid for, by mail; the links before it open nothing any more."""
    body.done()
    _refuse_without_files(order)
    return Plan(EventKind.LINKS_REISSUED, wish=Wish(WishKind.REISSUE))


def withdraw_links(order: Order, body: Body, asked: Asked) -> Plan:
    """Links of the order open nothing any more; a mail that would bring one is stopped."""
    body.done()
    _refuse_without_files(order)
    return Plan(EventKind.LINKS_WITHDRAWN, wish=Wish(WishKind.WITHDRAW))


def redeem_gift_card(order: Order, body: Body, asked: Asked) -> Plan:
    """Money of the card `code` pays for the order: `amount`, or as much as there is to pay and on the card."""
    code = body.text("code", LINE, required=True)
    amount = body.money("amount", decimals(order.currency))
    if amount == 0:
        body.fault("amount", _("This must be more than zero."))
    body.done()
    fields = {"payment_message": ""}
    return Plan(EventKind.GIFT_CARD_REDEEMED, fields, wish=Wish(WishKind.REDEEM, code, amount))


def _refuse_without_files(order: Order) -> None:
    if Kind.DIGITAL not in order.kinds:
        raise Conflict(_("Nothing of this order is downloaded."))
