"""What can be done to an order, one file per action: pure planning from the order, what was given and now.

A planner reads its parameters from the body, says `body.done()`, and answers with a `Plan`, or raises `Conflict` with
the sentence why not. Legality by status is checked before it is asked (`services/orders/life.py`).
"""

from __future__ import annotations

from collections.abc import Callable

from services.orders import undoing
from services.orders.actions import (
    authorised,
    cancel,
    correct,
    edit_contact,
    edit_tracking,
    goods,
    hold,
    mark_delivered,
    mark_paid,
    mark_returned,
    mark_shipped,
    muting,
    notes,
    record_failure,
    record_payment,
    refund,
    resend,
    steps,
    tags,
    writing_to,
)
from services.orders.body import Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan
from services.orders.statuses import ActionName

Planner = Callable[[Order, Body, Asked], Plan]

PLANNERS: dict[ActionName, Planner] = {
    ActionName.MARK_PAID: mark_paid.plan,
    ActionName.RECORD_PAYMENT: record_payment.plan,
    ActionName.RECORD_FAILURE: record_failure.plan,
    ActionName.CAPTURE: authorised.capture,
    ActionName.VOID_AUTHORISATION: authorised.void_authorisation,
    ActionName.CONTACT_CUSTOMER: writing_to.contact_customer,
    ActionName.REMIND_UNPAID: writing_to.remind_unpaid,
    ActionName.MARK_PROCESSING: steps.mark_processing,
    ActionName.MARK_SHIPPED: mark_shipped.plan,
    ActionName.MARK_DELIVERED: mark_delivered.plan,
    ActionName.MARK_READY_FOR_PICKUP: steps.mark_ready_for_pickup,
    ActionName.MARK_OUT_FOR_DELIVERY: steps.mark_out_for_delivery,
    ActionName.MARK_RETURNED: mark_returned.plan,
    ActionName.MARK_WILL_NOT_DELIVER: steps.mark_will_not_deliver,
    ActionName.HOLD: hold.hold,
    ActionName.RELEASE: hold.release,
    ActionName.CANCEL: cancel.plan,
    ActionName.REFUND: refund.plan,
    ActionName.ADD_NOTE: notes.add_note,
    ActionName.TAG: tags.tag,
    ActionName.UNTAG: tags.untag,
    ActionName.EDIT_CONTACT: edit_contact.plan,
    ActionName.EDIT_TRACKING: edit_tracking.plan,
    ActionName.RESEND: resend.plan,
    ActionName.MUTE: muting.mute,
    ActionName.UNMUTE: muting.unmute,
    ActionName.REISSUE_LINKS: goods.reissue_links,
    ActionName.WITHDRAW_LINKS: goods.withdraw_links,
    ActionName.REDEEM_GIFT_CARD: goods.redeem_gift_card,
    ActionName.CORRECT: correct.plan,
    ActionName.UNDO: undoing.plan,
}
