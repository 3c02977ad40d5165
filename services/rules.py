"""The shop's rules that only the Settings page knows: no first value comes from the environment.

A further rule is one line in `RULES`, and a field in the section of the Settings page where a merchant looks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from babel import Locale

from services.language import _


@dataclass(frozen=True, slots=True)
class Rule:
    """A setting of the shop. `check` gives the value to keep, JSON types only, or raises ValueError; `takes` says in
    words what fits."""

    default: Any
    check: Callable[[Any], Any]
    takes: Callable[[], str]


def whole(least: int, most: int) -> Callable[[Any], int]:
    """A check for whole numbers."""

    def check(value: Any) -> int:
        if not least <= int(value) <= most:
            raise ValueError
        return int(value)

    return check


def text(longest: int) -> Callable[[Any], str]:
    """A check for texts; blanks around them are let go."""

    def check(value: Any) -> str:
        kept = str(value).strip()
        if len(kept) > longest:
            raise ValueError
        return kept

    return check


def country(value: Any) -> str:
    """A check for a country by its ISO 3166 alpha-2 code, or none."""
    if value and (len(value) != 2 or value not in Locale("en").territories):
        raise ValueError
    return str(value)


def yes_or_no(value: Any) -> bool:
    """A check for switches."""
    if not isinstance(value, bool):
        raise ValueError
    return value


RULES: dict[str, Rule] = {
    "sender_address": Rule("", text(500), lambda: _("at most {count} characters", count=500)),
    "sender_country": Rule("", country, lambda: _("a country")),
    "legal_lines": Rule("", text(600), lambda: _("at most {count} characters", count=600)),
    "invoice_prefix": Rule("INV-", text(12), lambda: _("at most {count} characters", count=12)),
    "credit_note_prefix": Rule("CN-", text(12), lambda: _("at most {count} characters", count=12)),
    "promise_days": Rule(2, whole(0, 60), lambda: _("a number of days")),
    "is_frozen": Rule(False, yes_or_no, lambda: _("yes or no")),
    "contact_email": Rule("", text(254), lambda: _("at most {count} characters", count=254)),
    **{
        f"sends_{kind}": Rule(is_on, yes_or_no, lambda: _("yes or no"))
        for kind, is_on in {
            "order_confirmation": True,
            "new_order": True,
            "payment_received": True,
            "payment_failed": True,
            "order_shipped": True,
            "ready_for_pickup": True,
            "out_for_delivery": True,
            "delivered": False,
            "refunded": True,
            "cancelled": True,
        }.items()
    },
    "pickup_place": Rule("", text(500), lambda: _("at most {count} characters", count=500)),
    "pickup_hours": Rule("", text(500), lambda: _("at most {count} characters", count=500)),
    "link_days": Rule(30, whole(1, 3650), lambda: _("a number of days")),
    "link_downloads": Rule(5, whole(1, 1000), lambda: _("a number of downloads")),
    "gift_card_months": Rule(0, whole(0, 240), lambda: _("a number of months, 0 for never")),
    "payment_instructions": Rule("", text(2000), lambda: _("at most {count} characters", count=2000)),
    "unpaid_reminder_days": Rule(0, whole(0, 90), lambda: _("a number of days, 0 for never")),
    "unpaid_cancel_days": Rule(0, whole(0, 365), lambda: _("a number of days, 0 for never")),
    "hold_doubled": Rule(True, yes_or_no, lambda: _("yes or no")),
    "first_page": Rule("", text(36), lambda: _("a board, or nothing for Orders")),
    "backup_folder": Rule("", text(500), lambda: _("at most {count} characters", count=500)),
    "backup_hour": Rule(3, whole(0, 23), lambda: _("an hour, 0 to 23")),
    "backup_daily": Rule(7, whole(1, 365), lambda: _("a number of days")),
    "backup_weekly": Rule(4, whole(0, 520), lambda: _("a number of weeks, 0 for none")),
    "workbench_seconds": Rule(30, whole(1, 600), lambda: _("a number of seconds, 600 at most")),
}
