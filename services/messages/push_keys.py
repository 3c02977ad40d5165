"""The shop's VAPID keys (RFC 8292): by them the push services know that it is we who push.

Made once for the shop, whichever of its machines comes first, and kept in the store with the private half sealed. A
browser is enrolled for one public key only, so a new pair means that every browser has to be enrolled again.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from data import preferences, push
from data.store import Reader, Writer
from services.errors import Conflict
from services.goods import sealing
from services.people import SYSTEM
from services.shop import Shop

_NAME = "push_keys"


@dataclass(frozen=True, slots=True)
class Keys:
    """Both halves as base64url without padding: the point uncompressed, the number raw."""

    public: str
    private: str


def keys(shop: Shop, now: datetime) -> Keys:
    """The shop's keys, made now when there are none, or none that this installation's secret opens."""
    with shop.store.read() as read:
        found = _kept(read, shop)
    if found:
        return found
    with shop.store.write() as write:
        return _kept(write, shop) or _made(write, shop, now)


def text(raw: bytes) -> str:
    """Bytes as browsers write them: base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(given: str) -> bytes:
    """The bytes again. Raises ValueError."""
    return base64.b64decode(given + "=" * (-len(given) % 4), altchars=b"-_", validate=True)


def _kept(read: Reader, shop: Shop) -> Keys | None:
    kept = preferences.every(read).get(_NAME)
    if not kept:
        return None
    try:
        return Keys(kept["public"], sealing.unseal(shop.settings.secret, kept["sealed"]))
    except Conflict:
        return None


def _made(write: Writer, shop: Shop, now: datetime) -> Keys:
    private = ec.generate_private_key(ec.SECP256R1())
    number = private.private_numbers().private_value.to_bytes(32, "big")
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    made = Keys(text(point), text(number))
    sealed = sealing.seal(shop.settings.secret, made.private)
    if preferences.every(write).get(_NAME):
        push.remove_all(write)  # enrolled for keys that are lost, they can no longer be reached
    preferences.put(write, {_NAME: {"public": made.public, "sealed": sealed}}, SYSTEM.name, now)
    return made
