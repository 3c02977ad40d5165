"""How many mails a plan makes, without writing them."""

from __future__ import annotations

from services.messages import drafting
from services.orders.acting import Request, to_tell
from services.orders.order import Order
from services.orders.plan import Plan
from services.profile import Profile


def would_tell(plan: Plan, after: Order, rules: Profile, request: Request) -> int:
    """As many as `acting.letters_of` would draft. Raises `Conflict` when what should go out again has no recipient."""
    count = 0
    for wanted in to_tell(plan, rules, request):
        has_recipient = bool(drafting.recipient(wanted.template, after, rules, wanted.to))
        if wanted.is_again and not has_recipient:
            raise drafting.nobody()
        count += has_recipient
    return count
