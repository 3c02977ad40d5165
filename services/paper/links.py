"""Addresses of papers: short enough for a browser and a server, however many orders they are for."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from services.errors import NotFound
from services.language import _
from services.paper.kinds import Paper


def link(paper: Paper, order_ids: Sequence[str], **more: str) -> str:
    """The address at which a paper of these orders opens; `more` are `parcel` and `skip`."""
    packed = base64.urlsafe_b64encode(b"".join(UUID(order_id).bytes for order_id in order_ids))
    return f"/paper/{paper}.pdf?{urlencode({'orders': packed.decode().rstrip('='), **more})}"


def orders(packed: str) -> list[str]:
    """The orders that an address names. Raises `NotFound` for a broken one."""
    try:
        ids = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        return [str(UUID(bytes=ids[start : start + 16])) for start in range(0, len(ids), 16)]
    except (ValueError, binascii.Error) as error:
        raise NotFound(_("This address of a paper is broken.")) from error
