"""The logos of papers: kept, and given to the press, once for all papers that bear them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from data import documents
from data.store import Reader


def apart(papers: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Take the logo out of the content of papers, which name it from then on; the logos by name."""
    found: dict[str, str] = {}
    for paper in papers:
        svg = paper.get("logo", "")
        if svg.startswith("<"):
            paper["logo"] = sha256(svg.encode()).hexdigest()
            found[paper["logo"]] = svg
    return found


def of(read: Reader, papers: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Every logo that papers bear, by name, those taken out that were in their content."""
    found = apart(papers)
    wanted = {paper.get("logo", "") for paper in papers} - {"", *found}
    return found | documents.logos(read, sorted(wanted))
