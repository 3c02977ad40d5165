"""Barcodes as widths of bars and gaps: Code 128, which carriers print and every scanner reads."""

from __future__ import annotations

from itertools import groupby

from barcode import Code128

LONGEST = 40  # characters that still make bars wide enough on a label


def code128(text: str) -> list[int]:
    """Widths in modules, a bar first, then a gap, in turn. Empty for a text that has no such barcode: nothing but
    plain ASCII has one, and none that is too long to be read from a label."""
    if not text or len(text) > LONGEST or not text.isascii() or not text.isprintable():
        return []
    modules = Code128(text).build()[0]
    return [len(list(run)) for _bar, run in groupby(modules.strip("0"))]
