"""Reading what a request brings beside its address: its JSON body and its key."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import Depends, Header, Request

from services.errors import Invalid
from services.language import _


async def _body(request: Request) -> Any:
    """The body as JSON, whatever its content type says; an empty one is an empty object."""
    content = await request.body()
    if not content.strip():
        return {}
    try:
        return json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        sentence = _("The body is not JSON: {reason}.", reason=reason)
        raise Invalid(sentence, {"body": sentence}) from error


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not a number")


JsonBody = Annotated[Any, Depends(_body)]
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description="Any text of your own: a request that comes again with its key is done once and answered alike.",
    ),
]
