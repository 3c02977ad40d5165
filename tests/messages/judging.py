"""What SendGrid's description of mail/send asks of a request, for the fields that we rely on."""

from __future__ import annotations

from typing import Any

KNOWN = {"personalizations", "from", "subject", "content", "custom_args", "reply_to"}


def faults(body: dict[str, Any]) -> list[str]:
    """What is wrong with a request; empty when nothing is."""
    found = [f"unknown field {name}" for name in body.keys() - KNOWN]
    envelopes = body.get("personalizations")
    if not (isinstance(envelopes, list) and len(envelopes) == 1):
        return [*found, "one personalization"]
    to = envelopes[0].get("to")
    if not (isinstance(to, list) and len(to) == 1):
        return [*found, "one recipient"]
    found += _address(to[0]) + _address(body.get("from"))
    subject = body.get("subject")
    if not (isinstance(subject, str) and subject) or any(character < " " for character in subject):
        found.append("a subject of one line")
    content = body.get("content")
    if not isinstance(content, list) or [part.get("type") for part in content] != ["text/plain", "text/html"]:
        return [*found, "text/plain, then text/html"]
    found += ["an empty body" for part in content if not (isinstance(part["value"], str) and part["value"].strip())]
    args = body.get("custom_args")
    if not isinstance(args, dict) or not all(isinstance(value, str) for value in args.values()):
        found.append("custom_args of texts")
    return found


def _address(value: Any) -> list[str]:
    if not isinstance(value, dict) or value.keys() - {"email", "name"}:
        return [f"an address: {value}"]
    email = value.get("email")
    return [] if isinstance(email, str) and email.count("@") == 1 else [f"an e-mail address: {email}"]
