"""Bring the catalogues up to date: `.venv/bin/python scripts/catalogues.py`.

Adds every text of the source that English lacks to `services/locales/en/<area>.po` (the text is its own translation),
lists what French lacks with the place where it is said, and what no source says any more. Ends with 1 when French
lacks something.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment

sys.path.insert(0, str(Path(__file__).parent.parent))
from data import errors

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "services" / "locales"
# the store's errors take their sentence as it is, for the edge to translate
SAYS = {"_", "n_"} | {name for name, kind in vars(errors).items() if isinstance(kind, type)}
ROOMS = ("app.py", "data", "services", "pages")


@dataclass(frozen=True)
class Said:
    """A text for people: its id, its plural where it counts something, and where it is said."""

    id: str
    plural: str
    place: str

    @property
    def area(self) -> str:
        """The catalogue it belongs to: the folder where it is said."""
        parts = Path(self.place.split(":")[0]).parts
        return parts[1] if len(parts) > 2 else Path(parts[-1]).stem


def texts() -> Iterator[Said]:
    """Every text that the source and the templates give to `_()` and `n_()`."""
    for room in ROOMS:
        folder = ROOT / room
        for file in [folder] if folder.is_file() else sorted(folder.rglob("*.py")):
            yield from _of_source(file)
        for file in sorted(folder.rglob("*.j2")) + sorted(folder.rglob("templates/**/*.html")):
            yield from _of_template(file)


def _of_source(file: Path) -> Iterator[Said]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYS:
            given = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            place = f"{file.relative_to(ROOT)}:{node.lineno}"
            if node.func.id == "n_" and len(given) >= 2:
                yield Said(given[0], given[1], place)
            elif (given and " " in given[0]) or (node.func.id == "_" and given):
                yield Said(given[0], "", place)


def _of_template(file: Path) -> Iterator[Said]:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    found = environment.extract_translations(  # type: ignore[attr-defined]
        file.read_text(encoding="utf-8"), gettext_functions=("_", "n_")
    )
    for line, name, message in found:
        place = f"{file.relative_to(ROOT)}:{line}"
        if name == "n_":
            yield Said(message[0], message[1], place)
        else:
            yield Said(message if isinstance(message, str) else message[0], "", place)


def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """Every message of a language: id -> its text, or its texts by plural form."""
    found: dict[str, tuple[str, ...]] = {}
    for file in sorted((LOCALES / language).glob("*.po")):
        for message in _read(file, language):
            if message.id:
                key = message.id if isinstance(message.id, str) else message.id[0]
                found[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return found


def _read(file: Path, language: str) -> Catalog:
    with file.open("rb") as lines:
        return read_po(lines, locale=language)


def main() -> int:
    """Complete English, say what French lacks and what is said no more."""
    said = {text.id: text for text in texts()}
    english, french = catalogue("en"), catalogue("fr")
    added: dict[str, list[Said]] = {}
    for text in said.values():
        if not any(english.get(text.id, ())):
            added.setdefault(text.area, []).append(text)
    for area, lacking in sorted(added.items()):
        file = LOCALES / "en" / f"{area}.po"
        known = _read(file, "en") if file.exists() else Catalog(locale="en")
        for text in lacking:
            known.add(
                (text.id, text.plural) if text.plural else text.id, (text.id, text.plural) if text.plural else text.id
            )
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            write_po(out, known, width=120, omit_header=False)
        print(f"en/{area}.po: {len(lacking)} added")
    missing = [text for text in said.values() if not any(french.get(text.id, ()))]
    for text in missing:
        print(f"fr lacks: {text.id!r} ({text.place})")
    for key in sorted((set(english) | set(french)) - set(said)):
        print(f"said no more, or said by other means: {key!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
