"""Who is asking. Until there are accounts, it is the merchant at the counter, or the API's key."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Who does something: `name` goes into the timeline."""

    name: str


MERCHANT = Actor("merchant")
API = Actor("api")
SYSTEM = Actor("comptoir")
IMPORT = Actor("import")
CUSTOMER = Actor("customer")
