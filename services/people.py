"""Who is asking. Until there are accounts, it is the merchant at the counter, or the API's key."""

from __future__ import annotations

from dataclasses import dataclass

from services.language import _


@dataclass(frozen=True)
class Actor:
    """Who does something: `name` goes into the timeline."""

    name: str


MERCHANT = Actor("merchant")
API = Actor("api")
SYSTEM = Actor("comptoir")
IMPORT = Actor("import")
CUSTOMER = Actor("customer")


def shown(name: str) -> str:
    """What a person reads for who did something: "The merchant"; a name of our own accounts stays as it is."""
    if name == MERCHANT.name:
        return _("The merchant")
    if name == API.name:
        return _("A program (API)")
    if name == IMPORT.name:
        return _("An import")
    if name == CUSTOMER.name:
        return _("The customer")
    return "Comptoir" if name == SYSTEM.name else name
