"""Writing to the customer: a mail in the shop's own words, and the reminder of a payment that has not come."""

from __future__ import annotations

from datetime import date

from services.language import _
from services.messages.kinds import Template
from services.orders.body import Body
from services.orders.order import Order
from services.orders.plan import Asked, Plan, ToSend
from services.orders.statuses import EventKind

LONGEST = 4000  # characters of a mail's own words


def contact_customer(order: Order, body: Body, asked: Asked) -> Plan:
    """A mail with `text`, about an order whose payment is to be arranged or whatever else there is to say. Nothing on
    the order changes. Refused where nobody can be reached."""
    text = body.text("text", LONGEST, required=True)
    body.done()
    # the mail is what is asked for, so it goes whatever the tick box says
    mail = ToSend(Template.CONTACT_CUSTOMER, is_again=True, about={"text": text})
    return Plan(EventKind.CUSTOMER_CONTACTED, messages=(mail,), said={"text": text})


def remind_unpaid(order: Order, body: Body, asked: Asked) -> Plan:
    """A mail that asks for the money that is due; `until` is the day after which the order is cancelled, 2026-03-14,
    where there is one."""
    day = None
    given = body.text("until", 10)
    if given:
        try:
            day = date.fromisoformat(given)
        except ValueError:
            body.fault("until", _("This must be a day such as 2026-03-14."))
    body.done()
    about = {"due": order.due} | ({"until": day} if day else {})
    return Plan(
        EventKind.UNPAID_REMINDED,
        messages=(ToSend(Template.UNPAID_REMINDER, is_again=True, about=about),),
        said={"until": given} if given else {},
    )
