"""Tracking numbers in the shape, and with the check digit, that each carrier prints."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from services.demo.columns import Ints, digits, joined
from services.demo.dice import Dice

_LINKS = {
    "Colissimo": "https://www.laposte.fr/outils/suivre-vos-envois?code=",
    "Chronopost": "https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT=",
    "DHL": "https://www.dhl.com/fr-fr/home/tracking.html?tracking-id=",
    "UPS": "https://www.ups.com/track?tracknum=",
}


def numbers_of(carrier: str, dice: Dice, parcels: Ints) -> tuple[pa.Array, pa.Array]:
    """Tracking number and tracking link of each parcel; empty for a carrier that has none."""
    if carrier not in _LINKS:
        empty = pa.repeat(pa.scalar("", pa.string()), len(parcels))
        return empty, empty
    if carrier == "DHL":
        serial = 100_000_000 + dice.below(parcels, "parcel", 900_000_000)
        made = joined(digits(serial, 9), digits(serial % 7, 1))
    elif carrier == "UPS":
        made = _ups(dice.below(parcels, "parcel", 10_000_000))
    else:
        made = _postal(dice.below(parcels, "parcel", 100_000_000), "LV" if carrier == "Colissimo" else "XY")
    return made, pc.binary_join_element_wise(_LINKS[carrier], made, "")


def _postal(serial: Ints, service: str) -> pa.Array:
    """The Universal Postal Union's S10: two letters, eight digits, a check digit, the country."""
    written = digits(serial, 8)
    weighed = ((written - ord("0")).astype(np.int64) * np.array([8, 6, 4, 2, 3, 5, 9, 7])).sum(axis=1)
    check = 11 - weighed % 11
    check = np.where(check == 10, 0, np.where(check == 11, 5, check))
    return joined(service, written, digits(check, 1), "FR")


def _ups(serial: Ints) -> pa.Array:
    """1Z, the shipper, the service, a serial, and the check digit over all that follows 1Z."""
    account = np.frombuffer(b"4E85A768", dtype=np.uint8).astype(np.int64)
    known = np.where(account >= ord("A"), (account - ord("A") + 2) % 10, account - ord("0"))
    written = digits(serial, 7)
    signs = np.concatenate([np.broadcast_to(known, (len(serial), 8)), written.astype(np.int64) - ord("0")], axis=1)
    check = (10 - (signs[:, 0::2].sum(axis=1) + 2 * signs[:, 1::2].sum(axis=1)) % 10) % 10
    return joined("1Z4E85A768", written, digits(check, 1))
