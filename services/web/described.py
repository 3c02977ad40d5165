"""The API's description (OpenAPI 3.1), completed with what every route has in common: the key and the problems."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from services.web import bodies
from services.web.problems import MEDIA_TYPE

PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "An error (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One sentence for a person."},
        "errors": {
            "type": "array",
            "description": "What was wrong, field by field.",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
        "orders": {
            "type": "array",
            "description": "The orders that bear a number, when several do.",
            "items": {
                "type": "object",
                "required": ["id", "where"],
                "properties": {"id": {"type": "string", "format": "uuid"}, "where": {"type": "string"}},
            },
        },
    },
}

# What every route may answer, beside what it says itself.
COMMON = {
    401: "The key is missing or wrong.",
    422: "The request does not fit.",
    503: "The store cannot be reached just now.",
}
SOME = {
    404: "There is no such thing.",
    409: "Somebody was faster, or this is not possible now.",
    413: "The body is too large.",
}


def described(api: FastAPI) -> dict[str, Any]:
    """The description, made once."""
    if api.openapi_schema is None:
        found = get_openapi(
            title=api.title,
            version=api.version,
            summary="The counter behind an online shop",
            description=(
                "Every order, its steps and the figures. Money is text with the currency's decimals, times are "
                "RFC 3339 in UTC. Send `Authorization: Bearer KEY`."
            ),
            routes=api.routes,
        )
        found["servers"] = [{"url": "/api"}]
        schemas = found.setdefault("components", {}).setdefault("schemas", {})
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        schemas |= bodies.schemas() | {"Problem": PROBLEM_SCHEMA}
        found["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        found["security"] = [{"key": []}]
        for path in found["paths"].values():
            for operation in path.values():
                _complete(operation)
        api.openapi_schema = found
    return api.openapi_schema


def _complete(operation: dict[str, Any]) -> None:
    answers = operation.setdefault("responses", {})
    wanted = COMMON | {code: text for code, text in SOME.items() if str(code) in answers or _may(code, operation)}
    for code, text in wanted.items():
        answers[str(code)] = {
            "description": text,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    answers["401"]["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}


def _may(code: int, operation: dict[str, Any]) -> bool:
    """A body may be too large; a thing named in the path may not be there."""
    if code == 413:
        return "requestBody" in operation
    return code == 404 and any(parameter["in"] == "path" for parameter in operation.get("parameters", []))
