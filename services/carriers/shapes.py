"""Numbers of carriers that publish a shape and no check digit.

Mere digits of that length may be anybody's: a shape never tells whose a number is, it only says that a number may be of
the carrier whom the merchant or the shipping method names. See `docs/decisions/carriers-without-check-digits.md`.
"""

from __future__ import annotations

import re

from services.carriers.recognising import compact

_SHAPES = {
    # parcel number of eleven digits, or twelve with its check digit; or the track id, letters and digits
    "GLS": re.compile(r"[0-9]{11,12}|(?=[0-9]*[A-Z])[A-Z0-9]{8}", re.ASCII),
    # the parcel number that its own tracking page asks for
    "Mondial Relay": re.compile(r"[0-9]{8}", re.ASCII),
}


def may_be_of(carrier: str, number: str) -> bool:
    """Whether a number has the shape of this carrier's; False for a carrier of whom no shape is known."""
    shape = _SHAPES.get(carrier)
    return bool(shape and shape.fullmatch(compact(number)))
