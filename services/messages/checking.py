"""Whether a template can be used: refused with the line and a sentence before it is kept, never while sending.

What a template may hold is a short list: texts, values, if, for, a few filters, our pieces. So it cannot reach an
object, cannot call anything, and cannot run for long.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes
from jinja2.exceptions import TemplateError

from services.language import _
from services.messages import misread, sandbox, tags
from services.messages.fields import FIELDS, PIECES, Field, Shape, sample
from services.messages.parts import Part, Source
from services.messages.wording import compiled

LONGEST = {Part.SUBJECT: 500, Part.TEXT: 50_000, Part.HTML: 90_000}  # characters
MOST_BYTES = 102 * 1024  # a longer mail is cut by some programs
MOST_WORK = 4_000_000  # nodes times rounds of their loops, by the longest list
ROUNDS = 200
MOST_TOLD = 3  # faults of the tags; one unclosed tag is often the cause of the others
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.For, nodes.Filter,
    nodes.Getattr, nodes.Getitem, nodes.Call, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.CondExpr, nodes.Concat,
)  # fmt: skip
_Scope = Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a part of a template; `line` is None where no single line is."""

    part: Part
    line: int | None
    sentence: str


def faults(source: Source, speak: str) -> list[Fault]:
    """What is wrong with a template, part by part; empty when it can be used."""
    found: list[Fault] = []
    for part in Part:
        text = source.part(part)
        if not text.strip() and part is not Part.TEXT:
            found.append(Fault(part, None, _("This is needed.")))
        elif len(text) > LONGEST[part]:
            found.append(Fault(part, None, _("Too long: at most {count} characters.", count=LONGEST[part])))
        else:
            found += _read(text, part) or _tried(source, part, speak)
    return found


def _read(text: str, part: Part) -> list[Fault]:
    try:
        tree = sandbox.plain.parse(text)
    except TemplateSyntaxError as error:
        return [Fault(part, error.lineno, misread.sentence(error.message or type(error).__name__))]
    except (RecursionError, ValueError):
        return [Fault(part, None, _("This is nested too deeply."))]
    found = [Fault(part, line, words) for line, words in _Reader().read(tree)]
    if not found and _work(tree) > MOST_WORK:
        found = [Fault(part, None, _("The loops in this take too long: put fewer of them into each other."))]
    return found


def _tried(source: Source, part: Part, speak: str) -> list[Fault]:
    """What shows only when it is used, on a full order and on an empty one."""
    if part is Part.TEXT and not source.text.strip():
        return []
    try:
        empty, full = (
            sandbox.run(compiled(source, part, speak), sample(is_full=is_full) | {"lang": speak})
            for is_full in (False, True)
        )
    except sandbox.TooLong:
        return [Fault(part, None, _("This makes a mail that is too long."))]
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
        return [Fault(part, getattr(error, "lineno", None), _("This cannot be used: {reason}", reason=error))]
    if part is Part.SUBJECT and not full.strip():
        return [Fault(part, None, _("This is needed."))]
    if part is not Part.HTML:
        return []
    if len(full.encode()) > MOST_BYTES:
        return [Fault(part, None, _("This makes a mail of more than 102 KB, which some mail programs cut."))]
    wrong = dict.fromkeys((mark, words) for made in (full, empty) for mark, words in tags.wrong(made))
    return [Fault(part, _line_of(source.html, mark), words) for mark, words in list(wrong)[:MOST_TOLD]]


def _line_of(text: str, mark: str) -> int | None:
    place = text.lower().rfind(mark)
    return text.count("\n", 0, place) + 1 if place >= 0 else None


def _work(node: nodes.Node, rounds: int = 1) -> int:
    """How many steps a template takes at most, by the size of the longest list."""
    inner = rounds * ROUNDS if isinstance(node, nodes.For) else rounds
    return rounds + sum(_work(child, inner) for child in node.iter_child_nodes())


class _Reader:
    """Reads a template against the values it may name; the scope grows with each loop."""

    def read(self, tree: nodes.Template) -> Iterator[tuple[int, str]]:
        """Line and sentence of what is not allowed."""
        yield from self._node(tree, FIELDS)

    def _node(self, node: nodes.Node, scope: _Scope) -> Iterator[tuple[int, str]]:
        if not isinstance(node, _ALLOWED):
            yield node.lineno, _("“{thing}” cannot be used here.", thing=_thing(node))
            return
        match node:
            case nodes.Name():
                if node.name not in scope:
                    yield node.lineno, _unknown(node.name, scope)
            case nodes.Getattr():
                yield from self._inside(node, node.node, node.attr, scope)
            case nodes.Getitem():
                if isinstance(node.arg, nodes.Const):
                    yield from self._inside(node, node.node, str(node.arg.value), scope)
                else:
                    yield node.lineno, _("“{thing}” cannot be used here.", thing="[…]")
            case nodes.Call():
                yield from self._call(node, scope)
            case nodes.Filter():
                yield from self._filter(node, scope)
            case nodes.For():
                yield from self._loop(node, scope)
            case _:
                for child in node.iter_child_nodes():
                    yield from self._node(child, scope)

    def _inside(self, node: nodes.Expr, of: nodes.Node, name: str, scope: _Scope) -> Iterator[tuple[int, str]]:
        if isinstance(of, nodes.Name) and of.name == "loop" and "loop" in scope:
            if name not in sandbox.LOOP:
                yield node.lineno, _unknown(f"loop.{name}", {f"loop.{known}": Field() for known in sandbox.LOOP})
            return
        wrong = list(self._node(of, scope))
        if wrong:
            yield from wrong
            return
        held = _of(of, scope)
        if held is None or held.shape is not Shape.THING:
            yield node.lineno, _("“{name}” holds nothing called “{part}”.", name=_written(of), part=name)
        elif name not in held.inside:
            yield node.lineno, _unknown(name, held.inside)

    def _call(self, node: nodes.Call, scope: _Scope) -> Iterator[tuple[int, str]]:
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name not in PIECES or node.kwargs or node.dyn_args or node.dyn_kwargs:
            yield node.lineno, _unknown(f"{name or '…'}()", {f"{piece}()": Field() for piece in PIECES})
        elif len(node.args) != PIECES[name]:
            yield node.lineno, _("“{name}” takes {count} values.", name=name, count=PIECES[name])
        for child in node.args:
            yield from self._node(child, scope)

    def _filter(self, node: nodes.Filter, scope: _Scope) -> Iterator[tuple[int, str]]:
        if node.name not in sandbox.FILTERS:
            yield node.lineno, _no_filter(node.name)
            return
        # a filter's own values are short and fixed, and what is joined was not made by another filter: so texts do
        # not grow from filter to filter
        args = [*node.args, *(pair.value for pair in node.kwargs)]
        is_short = all(isinstance(arg, nodes.Const) and len(str(arg.value)) <= 100 for arg in args)
        is_plain = node.name != "join" or isinstance(node.node, nodes.Name | nodes.Getattr | nodes.Getitem)
        if not (is_short and is_plain) or node.dyn_args or node.dyn_kwargs:
            yield node.lineno, _("“{thing}” cannot be used here.", thing=f"| {node.name}")
        elif node.node is not None:
            yield from self._node(node.node, scope)

    def _loop(self, node: nodes.For, scope: _Scope) -> Iterator[tuple[int, str]]:
        wrong = list(self._node(node.iter, scope))
        held = _of(node.iter, scope)
        if wrong:
            yield from wrong
            return
        if node.recursive or not isinstance(node.target, nodes.Name) or held is None or held.shape is not Shape.LIST:
            yield node.lineno, _("“for” goes through one list, such as: for line in lines.")
            return
        each = Field(Shape.THING, held.inside) if held.inside else Field()
        inner = {**scope, node.target.name: each, "loop": Field()}
        for child in [*node.body, *([node.test] if node.test else [])]:
            yield from self._node(child, inner)
        for child in node.else_:
            yield from self._node(child, scope)


def _of(node: nodes.Node, scope: _Scope) -> Field | None:
    """The value that an expression names, as far as it names one."""
    match node:
        case nodes.Name():
            return scope.get(node.name)
        case nodes.Getattr():
            held = _of(node.node, scope)
            return held.inside.get(node.attr) if held else None
        case nodes.Getitem() if isinstance(node.arg, nodes.Const):
            held = _of(node.node, scope)
            return held.inside.get(str(node.arg.value)) if held else None
        case nodes.Filter() if node.name == "default" and node.node is not None:
            return _of(node.node, scope)
    return None


def _unknown(name: str, known: Mapping[str, Field]) -> str:
    near = difflib.get_close_matches(name, list(known), 1, 0.5)
    if near:
        return _("There is no value “{name}”. Did you mean “{near}”?", name=name[:80], near=near[0])
    return _("There is no value “{name}”.", name=name[:80])


def _no_filter(name: str) -> str:
    near = difflib.get_close_matches(name, sorted(sandbox.FILTERS), 1, 0.5)
    if near:
        return _("There is no filter “{name}”. Did you mean “{near}”?", name=name[:80], near=near[0])
    return _(
        "There is no filter “{name}”. The filters are: {known}.",
        name=name[:80],
        known=", ".join(sorted(sandbox.FILTERS)),
    )


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    return f"{_written(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else "…"


def _thing(node: nodes.Node) -> str:
    """What a forbidden piece of a template is called."""
    called = {
        "Assign": "set", "AssignBlock": "set", "Include": "include", "Import": "import", "FromImport": "import",
        "Extends": "extends", "Block": "block", "Macro": "macro", "CallBlock": "call", "FilterBlock": "filter",
        "Mul": "*", "Pow": "**", "Add": "+", "Sub": "-", "Div": "/", "FloorDiv": "//", "Mod": "%", "Test": "is",
        "List": "[…]", "Dict": "{…}", "Tuple": "(…)", "With": "with", "Scope": "autoescape",
    }  # fmt: skip
    return called.get(type(node).__name__, type(node).__name__)
