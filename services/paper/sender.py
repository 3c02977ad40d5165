"""Who sends: the shop's name, address, legal lines and logo, as its papers carry them."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import Image, UnidentifiedImageError

from data import preferences
from data.store import Reader, Writer
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


def sender(read: Reader, profile: Profile) -> Sender:
    """The shop as its settings have it."""
    return Sender(
        name=line(profile.shop_name),
        address=_lines(profile.rule("sender_address")),
        country=profile.rule("sender_country"),
        legal=_lines(profile.rule("legal_lines")),
        logo=_as_svg(str(preferences.kept(read, preferences.LOGO)[0] or "")),
    )


def has_logo(read: Reader) -> bool:
    """Whether the shop has given its logo."""
    return bool(preferences.kept(read, preferences.LOGO)[0])


def keep_logo(write: Writer, picture: bytes, actor: str, now: datetime) -> None:
    """Keep a picture file as the shop's logo; an empty one takes the logo away. Raises `Invalid` with a sentence for
    anything that is no picture."""
    preferences.put(write, {preferences.LOGO: _kept(picture) if picture else ""}, actor, now)


def _kept(picture: bytes) -> str:
    """A picture as the setting holds it: a PNG small enough for a letter head, as base64 with its size before it."""
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
