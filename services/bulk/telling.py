"""How many mails a plan makes, without writing them."""

from __future__ import annotations

from services.errors import Conflict
from services.language import _
from services.messages import drafting
from services.messages.telling import is_told
from services.orders.acting import Request
from services.orders.order import Order
from services.orders.plan import Plan
from services.profile import Profile


def would_tell(plan: Plan, after: Order, rules: Profile, request: Request) -> int:
    """As many as `acting.letters_of` would draft. Raises `Conflict` when what should go out again has no recipient."""
    count = 0
    for wanted in plan.messages:
        if not is_told(
            wanted.template,
            rules,
            tells=request.tell_customer,
            insists=request.insists,
            is_again=wanted.is_again,
        ):
            continue
        has_recipient = bool(drafting.recipient(wanted.template, after, rules, wanted.to))
        if wanted.is_again and not has_recipient:
            raise Conflict(_("This message has nobody to go to: no e-mail address, or its messages are muted."))
        count += has_recipient
    return count
