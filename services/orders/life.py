"""The order's life: which steps are legal from where, and which is the sensible next one.

The steps are data (`STEPS`): screens offer only these, the actions enforce them, `correct` is the exception that
real shops need.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from services.language import _
from services.orders import words
from services.orders.payment_methods import is_offline
from services.orders.statuses import ActionName, FulfilmentStatus, Kind, PaymentStatus


class Standing(Protocol):
    """What of an order decides on its next steps."""

    @property
    def payment_status(self) -> PaymentStatus: ...
    @property
    def fulfilment_status(self) -> FulfilmentStatus: ...
    @property
    def payment_method(self) -> str: ...
    @property
    def payment_message(self) -> str: ...
    @property
    def kinds(self) -> Collection[Kind]: ...
    @property
    def is_pickup(self) -> bool: ...
    @property
    def paid(self) -> Decimal: ...
    @property
    def refunded(self) -> Decimal: ...
    @property
    def promised(self) -> Decimal: ...


def ships(order: Standing) -> bool:
    """Something of it goes into a parcel."""
    return Kind.PHYSICAL in order.kinds or not order.kinds


def handed_over(order: Standing) -> bool:
    """It may reach the customer without a parcel: digital goods, gift cards, pickup at the shop."""
    return order.is_pickup or not ships(order)


def is_downloaded(order: Standing) -> bool:
    """Something of it is fetched through a link."""
    return Kind.DIGITAL in order.kinds


def is_promised(order: Standing) -> bool:
    """A provider holds money for it that the shop can take."""
    return order.promised > 0


def is_awaited(order: Standing) -> bool:
    """The shop still waits for its money, and the customer for the goods."""
    return order.fulfilment_status not in (FulfilmentStatus.RETURNED, FulfilmentStatus.WILL_NOT_DELIVER)


def anything(order: Standing) -> bool:
    """Every order."""
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """An action and the statuses from which it is legal; None means from any. `only` narrows it to some orders."""

    action: ActionName
    payment: frozenset[PaymentStatus] | None = None
    fulfilment: frozenset[FulfilmentStatus] | None = None
    only: Callable[[Standing], bool] = anything


_P, _F, _A = PaymentStatus, FulfilmentStatus, ActionName
_IN_SHOP = frozenset({_F.AWAITING_PROCESSING, _F.PROCESSING, _F.PARTIALLY_SHIPPED, _F.READY_FOR_PICKUP})
_UNTOUCHED = frozenset({_F.AWAITING_PROCESSING, _F.PROCESSING, _F.ON_HOLD, _F.READY_FOR_PICKUP})

# An action that stands twice is legal when either line is.
STEPS: tuple[Step, ...] = (
    # money
    Step(_A.MARK_PAID, payment=frozenset(s for s in _P if s.is_open)),
    Step(_A.CAPTURE, payment=frozenset({_P.AUTHORISED, _P.PARTIALLY_PAID}), only=is_promised),
    Step(_A.REFUND, payment=frozenset(s for s in _P if s.has_money)),
    # goods: placed → review, paid → prepare, shipped → tracking number
    Step(_A.MARK_PROCESSING, fulfilment=frozenset({_F.AWAITING_PROCESSING})),
    Step(_A.MARK_READY_FOR_PICKUP, fulfilment=frozenset({_F.AWAITING_PROCESSING, _F.PROCESSING}), only=ships),
    Step(_A.MARK_SHIPPED, fulfilment=_IN_SHOP, only=ships),
    Step(
        _A.MARK_OUT_FOR_DELIVERY,
        fulfilment=frozenset({_F.AWAITING_PROCESSING, _F.PROCESSING, _F.SHIPPED}),
        only=ships,
    ),
    # while goods are left to ship, one parcel at a time
    Step(
        _A.MARK_DELIVERED,
        fulfilment=frozenset({_F.PARTIALLY_SHIPPED, _F.SHIPPED, _F.OUT_FOR_DELIVERY, _F.READY_FOR_PICKUP}),
    ),
    Step(
        _A.MARK_DELIVERED,
        fulfilment=frozenset({_F.AWAITING_PROCESSING, _F.PROCESSING}),
        only=handed_over,
    ),
    Step(
        _A.MARK_RETURNED,
        fulfilment=frozenset({_F.PARTIALLY_SHIPPED, _F.OUT_FOR_DELIVERY, _F.SHIPPED, _F.DELIVERED}),
        only=ships,  # what was downloaded does not come back
    ),
    Step(_A.HOLD, fulfilment=_IN_SHOP),
    Step(_A.RELEASE, fulfilment=frozenset({_F.ON_HOLD})),
    Step(_A.MARK_WILL_NOT_DELIVER, fulfilment=_UNTOUCHED),
    Step(_A.CANCEL, payment=frozenset(_P) - {_P.CANCELLED}, fulfilment=_UNTOUCHED),
    Step(
        _A.CANCEL, payment=frozenset({_P.AWAITING_PAYMENT, _P.AUTHORISED}), fulfilment=frozenset({_F.WILL_NOT_DELIVER})
    ),
    # money, now and then
    Step(_A.VOID_AUTHORISATION, payment=frozenset(_P), only=is_promised),
    Step(_A.REMIND_UNPAID, payment=frozenset({_P.AWAITING_PAYMENT, _P.PARTIALLY_PAID}), only=is_awaited),
    Step(_A.RECORD_FAILURE, payment=frozenset(s for s in _P if s.is_open)),
    Step(_A.REDEEM_GIFT_CARD, payment=frozenset(s for s in _P if s.is_open)),
    # always
    Step(_A.RECORD_PAYMENT),
    Step(_A.CONTACT_CUSTOMER),
    Step(_A.ADD_NOTE),
    Step(_A.TAG),
    Step(_A.UNTAG),
    Step(_A.EDIT_CONTACT),
    Step(_A.EDIT_TRACKING),
    Step(_A.RESEND),
    Step(_A.MUTE),
    Step(_A.UNMUTE),
    Step(_A.REISSUE_LINKS, only=is_downloaded),
    Step(_A.WITHDRAW_LINKS, only=is_downloaded),
    Step(_A.CORRECT),
    Step(_A.UNDO),
)

_ALWAYS = frozenset(step.action for step in STEPS if step.payment is None and step.fulfilment is None)


def is_legal(order: Standing, action: ActionName) -> bool:
    """Whether the table allows the action now."""
    return any(
        step.action is action
        and (step.payment is None or order.payment_status in step.payment)
        and (step.fulfilment is None or order.fulfilment_status in step.fulfilment)
        and step.only(order)
        for step in STEPS
    )


def possible(order: Standing) -> tuple[ActionName, ...]:
    """The steps that are legal now, the sensible one first; what is always legal (notes, tags, …) is left out."""
    legal = [a for a in dict.fromkeys(step.action for step in STEPS) if a not in _ALWAYS and is_legal(order, a)]
    strong = next_step(order)
    return tuple(sorted(legal, key=lambda action: action is not strong))


def refusal(order: Standing, action: ActionName) -> str | None:
    """Why the action is not legal now and what is, in a sentence; None when it is legal."""
    if is_legal(order, action):
        return None
    return _(
        "“{action}” is not possible: this order is “{payment}”, “{fulfilment}”. Possible now: {possible}.",
        action=words.action(action),
        payment=words.payment_status(order.payment_status),
        fulfilment=words.fulfilment_status(order.fulfilment_status),
        possible=", ".join(words.action(one) for one in possible(order)) or "—",
    )


def next_step(order: Standing) -> ActionName | None:
    """The one sensible next step, for the strong button; None when the shop has nothing to do."""
    if order.fulfilment_status is _F.ON_HOLD:
        return _A.RELEASE
    step = _money_step(order) or _goods_step(order)
    return step if step and is_legal(order, step) else None


def _money_step(order: Standing) -> ActionName | None:
    """Money first, except where the customer pays at the door."""
    if order.fulfilment_status in (_F.RETURNED, _F.WILL_NOT_DELIVER):
        return _A.REFUND if order.paid > order.refunded else None
    is_due = order.payment_status in (_P.AUTHORISED, _P.PARTIALLY_PAID) or (
        order.payment_status is _P.AWAITING_PAYMENT and is_offline(order.payment_method)
    )
    if not is_due:
        return None
    if order.payment_method == "cash_on_delivery" and order.fulfilment_status is not _F.DELIVERED:
        return None
    return _A.CAPTURE if order.payment_status is _P.AUTHORISED and order.promised > 0 else _A.MARK_PAID


def _goods_step(order: Standing) -> ActionName | None:
    if order.payment_status in (_P.CANCELLED, _P.REFUNDED):
        return _A.MARK_WILL_NOT_DELIVER if order.fulfilment_status in _UNTOUCHED else None
    is_unpaid = order.payment_status is _P.AWAITING_PAYMENT and not is_offline(order.payment_method)
    match order.fulfilment_status:
        case _F.AWAITING_PROCESSING | _F.PROCESSING | _F.PARTIALLY_SHIPPED if is_unpaid:
            return None
        case _F.AWAITING_PROCESSING | _F.PROCESSING if order.is_pickup and ships(order):
            return _A.MARK_READY_FOR_PICKUP
        case _F.AWAITING_PROCESSING | _F.PROCESSING if not ships(order):
            return _A.MARK_DELIVERED
        case _F.AWAITING_PROCESSING | _F.PROCESSING | _F.PARTIALLY_SHIPPED:
            return _A.MARK_SHIPPED
        case _F.SHIPPED | _F.OUT_FOR_DELIVERY | _F.READY_FOR_PICKUP:
            return _A.MARK_DELIVERED
    return None


def what_to_do(order: Standing) -> str:
    """What the guide tells the merchant to do now, in a sentence; empty when nothing is left to do."""
    payment, goods = order.payment_status, order.fulfilment_status
    if goods is _F.ON_HOLD:
        return _("The order waits. Release it when the reason is gone.")
    if goods in (_F.RETURNED, _F.WILL_NOT_DELIVER):
        return _("Refund what the customer paid.") if order.paid > order.refunded else ""
    if payment is _P.AWAITING_PAYMENT and order.payment_method != "cash_on_delivery":
        if is_offline(order.payment_method):
            return _("Contact the customer to arrange the payment, then mark the order as paid.")
        return _("The online payment was not processed. The payment section says why.")
    if payment is _P.CANCELLED:
        return ""
    if goods.is_to_prepare and payment is _P.PAID and not ships(order):
        return _("Its files and gift cards go out by themselves: the order says what they wait for.")
    if goods is _F.AWAITING_PROCESSING and payment is _P.PAID:
        return _("The payment has arrived: prepare the order.")
    if goods.is_to_prepare:
        return _("Review the order and prepare it.")
    if goods is _F.READY_FOR_PICKUP:
        return _("Mark the order as delivered when the customer has fetched it.")
    if goods in (_F.SHIPPED, _F.OUT_FOR_DELIVERY):
        return _("Mark the order as delivered when it has arrived.")
    return ""
