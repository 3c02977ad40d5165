"""Who is told, and of what: the shop's rule for each kind of mail, and what a person asks for beside it."""

from __future__ import annotations

from services.messages.kinds import OF_THE_SHOP, Audience, Template
from services.profile import Profile
from services.rules import RULES

ON_REQUEST = frozenset({Template.CORRECTION})
"""Kinds that leave only when a person ticks them."""

ONCE_ONLY = ON_REQUEST | OF_THE_SHOP | {Template.CONTACT_CUSTOMER, Template.DOWNLOAD_READY, Template.GIFT_CARD}
"""Kinds that an order does not tell anew: written for one moment, or with secrets that have steps of their own."""
ABOUT_A_PARCEL = frozenset(
    {Template.ORDER_SHIPPED, Template.TRACKING_CORRECTED, Template.OUT_FOR_DELIVERY, Template.DELIVERED}
)


def goes_by_itself(template: Template, rules: Profile) -> bool:
    """Whether the shop sends this kind without being asked."""
    if template in ON_REQUEST:
        return False
    return bool(rules.rule(f"sends_{template}")) if f"sends_{template}" in RULES else True


def is_told(template: Template, rules: Profile, *, tells: bool, insists: bool, is_again: bool = False) -> bool:
    """Whether a message of an action is written. `tells` is the tick *tell the customer*; `insists` says that a person
    set it, so that it holds against the shop's rule; `is_again` that they asked for this very message."""
    if is_again:
        return True
    if template.kind.audience is Audience.MERCHANT:
        return goes_by_itself(template, rules)
    return tells and (insists or goes_by_itself(template, rules))
