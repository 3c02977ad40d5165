"""Gift card codes: sixteen signs that nobody takes for one another, in groups of four, the last one a check."""

from __future__ import annotations

import re
import secrets

from services.errors import Invalid
from services.language import _

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Thirty-one signs, without 0 and O, 1, I and L. Their count is prime, so that the check finds every single wrong sign
and every two that changed places."""
LENGTH, GROUP = 16, 4


def new_code() -> str:
    """A fresh code, without its dashes; 74 bits of chance."""
    body = "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH - 1))
    return body + _check(body)


def read(typed: str) -> str:
    """A code as somebody typed it, without blanks and dashes, in capitals. Raises `Invalid` when it cannot be one."""
    code = re.sub(r"[\s\u00a0\u202f\u2009.·_\u2010-\u2015-]+", "", typed).upper()
    if len(code) != LENGTH or any(sign not in ALPHABET for sign in code) or code[-1] != _check(code[:-1]):
        raise Invalid(_("This is not a gift card code: look at it again, sign by sign."), {"code": _("not a code")})
    return code


def grouped(code: str) -> str:
    """As it is printed: ABCD-EFGH-JKMN-PQRS."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def masked(last4: str) -> str:
    """A code of which only the end is told: •••• 7K2P."""
    return f"•••• {last4}"


def _check(body: str) -> str:
    return ALPHABET[-sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(body, 2)) % len(ALPHABET)]
