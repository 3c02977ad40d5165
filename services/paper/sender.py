"""Who sends: the shop's name, address, legal lines and logo, as its papers carry them."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import Any

from PIL import Image, UnidentifiedImageError

from services.errors import Invalid
from services.language import _
from services.messages.wording import line
from services.profile import Profile

MOST_PIXELS, LARGEST = 600, 5_000_000  # side of a kept logo; bytes of a file that is looked at


@dataclass(frozen=True, slots=True)
class Sender:
    """The shop on paper. `country` is ISO 3166 alpha-2 or empty; `logo` an SVG, or empty."""

    name: str
    address: tuple[str, ...]
    country: str
    legal: tuple[str, ...]
    logo: str

    def as_content(self) -> dict[str, Any]:
        """The head of a paper, for the templates."""
        return {"shop": self.name, "address": self.address, "legal": self.legal, "logo": self.logo}


def sender(profile: Profile) -> Sender:
    """The shop as its settings have it."""
    return Sender(
        name=line(profile.shop_name),
        address=_lines(profile.rule("sender_address")),
        country=profile.rule("sender_country"),
        legal=_lines(profile.rule("legal_lines")),
        logo=_as_svg(profile.rule("logo")),
    )


def logo(picture: bytes) -> str:
    """A picture file as the setting `logo` keeps it: a PNG, small enough for a letter head, as base64 with its size
    before it. Raises `Invalid` with a sentence for anything that is no picture."""
    if len(picture) > LARGEST:
        raise Invalid(_("The logo is larger than 5 MB. Give a smaller picture."))
    try:
        with Image.open(io.BytesIO(picture)) as opened:
            shown = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise Invalid(_("This file is no picture that can be read. Give a PNG or JPEG file.")) from error
    shown.thumbnail((MOST_PIXELS, MOST_PIXELS))
    kept = io.BytesIO()
    shown.save(kept, "PNG", optimize=True)
    return f"{shown.width}x{shown.height}:{base64.b64encode(kept.getvalue()).decode('ascii')}"


def _as_svg(kept: str) -> str:
    if not kept:
        return ""
    size, picture = kept.split(":", 1)
    width, height = size.split("x")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{picture}"/></svg>'
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(cleaned for row in text.splitlines() if (cleaned := line(row)))
