"""Where templates run: they place the values they are given, and reach nothing else.

A template that a merchant wrote is data. It calls our pieces and a few filters, reads items of plain values (never an
attribute of an object), and its output is bounded. What it may hold at all is checked before (`checking.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined
from jinja2 import Template as Compiled
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from services.messages.fields import PIECES

FOLDER = Path(__file__).parent / "templates"
LONGEST = 400_000  # characters that a part of a mail may become
FILTERS = frozenset(
    {"upper", "lower", "title", "capitalize", "trim", "length", "default", "first", "last", "join", "truncate"}
)
LOOP = frozenset({"index", "index0", "revindex", "first", "last", "length"})


class TooLong(Exception):
    """A template makes more text than a mail may have."""


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment in which `a.b` is an item of a plain value, and only our pieces can be called."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An item of a mapping, or a count of the loop."""
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item of a mapping or a list."""
        if isinstance(obj, Mapping | list | tuple):
            try:
                return obj[argument]
            except (LookupError, TypeError):
                pass
        return self.undefined(name=str(argument)[:80])

    def is_safe_callable(self, obj: Any) -> bool:
        """Only our pieces."""
        return isinstance(obj, Macro)


def environment(*, is_markup: bool) -> Sandbox:
    """An environment with our pieces, for HTML or for plain text."""
    made = Sandbox(
        autoescape=is_markup,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=0,
    )
    made.filters = {name: call for name, call in made.filters.items() if name in FILTERS}
    made.globals = _pieces(is_markup)
    return made


def run(template: Compiled, values: Mapping[str, Any]) -> str:
    """What a template makes of values. Raises `TooLong`, and jinja's own errors."""
    made, length = [], 0
    for text in template.generate(values):
        made.append(text)
        length += len(text)
        if length > LONGEST:
            raise TooLong
    return "".join(made)


def run_ours(template: Compiled, values: Mapping[str, Any]) -> str:
    """What one of our own templates makes of values: quicker, and bounded by what the values are."""
    return template.render(values)


def _pieces(is_markup: bool) -> dict[str, Any]:
    """Our own parts of mails, by name; they run outside the sandbox."""
    trusted = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=is_markup,  # noqa: S701 - subjects and plain text are no markup
        undefined=Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    module = trusted.get_template(f"_parts.{'html' if is_markup else 'text'}.j2").module
    return {name: getattr(module, name) for name in PIECES}


markup, plain = environment(is_markup=True), environment(is_markup=False)
