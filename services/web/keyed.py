"""A route of the API: it asks for the key first, and takes no parameter that it does not know."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel

from services import shop as shops
from services.errors import Invalid, store_errors
from services.language import _
from services.web.problems import Problem


class KeyedRoute(APIRoute):
    """The key is checked before anything of the request is read, so that a stranger learns nothing from an answer."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        known = self._parameters()

        async def answer(request: Request) -> Response:
            refusal = refused(request.headers.get("authorization", ""), shops.current().settings.api_key)
            if refusal:
                return refusal
            check_parameters(request, known)
            with store_errors():
                return await handle(request)

        return answer

    def _parameters(self) -> frozenset[str]:
        names: set[str] = set()
        for parameter in self.dependant.query_params:
            kind = parameter.field_info.annotation
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                names |= set(kind.model_fields)
            else:
                names.add(parameter.alias)
        return frozenset(names)


def refused(authorization: str, key: str) -> Problem | None:
    """The 401 for a request without the key, or None when it is there."""
    scheme, _space, given = authorization.partition(" ")
    if key and scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode("latin-1"), key.encode()):
        return None
    if not key:
        detail = _(
            "The API has no key yet. Set COMPTOIR_API_KEY to a long secret text, start Comptoir again, "
            "and send it as “Authorization: Bearer KEY”."
        )
    elif not given:
        detail = _("The API wants its key: send “Authorization: Bearer KEY” with the value of COMPTOIR_API_KEY.")
    else:
        detail = _("This is not the key of the API; it is the value of COMPTOIR_API_KEY.")
    return Problem(401, detail, headers={"WWW-Authenticate": 'Bearer realm="Comptoir"'})


def check_parameters(request: Request, known: frozenset[str]) -> None:
    """Raises `Invalid` for a parameter that the route does not have: a typing error must not widen an answer."""
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        takes = ", ".join(sorted(known)) or _("none")
        raise Invalid(
            _("There is no parameter {names} here. It takes: {known}.", names=", ".join(unknown), known=takes),
            {name: _("There is no such parameter.") for name in unknown},
        )
