"""The fonts of papers: they come as packages, so that a paper looks the same on every machine, in any script."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

# Latin, Cyrillic, Greek and signs; Arabic and Hebrew; Thai, Lao, Khmer, Burmese; Indian scripts; Chinese, Japanese,
# Korean.
_PACKAGES = (
    "justmytype_western_core",
    "justmytype_intl_rtl",
    "justmytype_intl_sea",
    "justmytype_intl_south_asia",
    "noto_cjk_sans_otc",
)


@cache
def fonts() -> typst.Fonts:
    """The families, found once. The machine's own fonts are left out."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[_folder(name) for name in _PACKAGES]
    )


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"The fonts of {package} are not installed.")
    return Path(spec.origin).parent
