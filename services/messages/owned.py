"""The shop's own templates at hand: versions never change, so each is read from the store once in a process."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2.exceptions import TemplateError

from data import templates
from data.store import Reader
from services.messages import wording
from services.messages.kinds import Template
from services.messages.parts import Source, Words
from services.messages.wording import render

SETTING = "own_templates"
"""The setting that says which version is in use: {"order_shipped.fr": id of the version}."""

log = logging.getLogger("comptoir.mail")
_versions: dict[str, Source] = {}


def learn(read: Reader, ids: Iterable[str]) -> None:
    """Have these versions at hand."""
    unknown = [one for one in ids if one not in _versions]
    if unknown:
        for row in templates.versions(read, unknown):
            _versions[row["id"]] = Source(row["subject"], row["body_text"], row["body_html"])


def key(template: Template, speak: str) -> str:
    """How the setting names a kind of mail in a language."""
    return f"{template}.{speak}"


def source(template: Template, speak: str, used: Mapping[str, str]) -> Source | None:
    """The shop's own template in use, or None where ours is."""
    return _versions.get(used.get(key(template, speak), ""))


def named(template: Template, speak: str, own: Source | None) -> frozenset[str]:
    """The values to write for a mail: those that its templates name, ours included, should its own fail."""
    ours = wording.named(template, speak)
    try:
        return ours | wording.named(template, speak, own) if own else ours
    except TemplateError:
        return ours


def render_own(template: Template, speak: str, values: dict[str, Any], own: Source | None) -> Words:
    """The mail by the shop's own template; by ours where there is none, or where its own cannot be used any more
    (Messages then tells it: see `editing.broken`)."""
    if own:
        try:
            return render(template, speak, values, own)
        except Exception as error:  # whatever it raises, the customer is told
            log.warning("The shop's own template for %s (%s) is broken, ours is used: %s", template, speak, error)
    return render(template, speak, values)
