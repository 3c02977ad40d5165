"""Whether a request is one that SendGrid takes: by SendGrid's own description of mail/send, and by what we promise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

DESCRIPTION = Path(__file__).parent / "sendgrid" / "mail_v3.json"
_BODY = "urn:mail#/components/requestBodies/PostMailSend/content/application~1json/schema"


def faults(path: str, headers: Mapping[str, str], body: dict[str, Any]) -> list[str]:
    """What is wrong with a request; empty when nothing is."""
    found = [f"{'.'.join(map(str, fault.path))}: {fault.message[:200]}" for fault in _validator().iter_errors(body)]
    if path != "/v3/mail/send":
        found.append(f"the path {path}")
    given = {name.lower(): value for name, value in headers.items()}
    if not given.get("content-type", "").startswith("application/json"):
        found.append("no JSON")
    if not given.get("authorization", "").startswith("Bearer "):
        found.append("no key")
    return found or _promised(body)


@cache
def _validator() -> Draft202012Validator:
    description = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    registry = Registry().with_resource("urn:mail", Resource(description, DRAFT202012))
    return Draft202012Validator({"$ref": _BODY}, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _promised(body: dict[str, Any]) -> list[str]:
    """One recipient, text and HTML, a subject of one line, our id."""
    found = []
    if len(body["personalizations"]) != 1 or [len(one["to"]) for one in body["personalizations"]] != [1]:
        found.append("one recipient")
    if [part["type"] for part in body["content"]] != ["text/plain", "text/html"]:
        found.append("text/plain, then text/html")
    if any(character < " " for character in body["subject"]):
        found.append("a subject of one line")
    args = body.get("custom_args", {})
    if list(args) != ["message_id"] or not isinstance(args["message_id"], str):
        found.append("the id of the message")
    return found
