"""Text of customers on Streamlit's Markdown surfaces: shown as it is, never obeyed.

Labels, titles, toasts, tooltips and table cells are Markdown: a name there could draw an image from elsewhere, or a
link. Plain surfaces (`st.text`, `st.code`, options, our own components) take text as it is and must not be escaped.
"""

from __future__ import annotations

import re

# What Streamlit turns into links, icons or arrows after the backslashes are gone: broken by a word joiner.
_WAKES = re.compile(r"(?i)(?<=http)(?=s?://)|(?<=www)(?=\.)|(?=@)|(?<=:)(?=streamlit:|material_)|(?<=[<~>-])(?=[->=])")
# A comma, an apostrophe, % and ? mean nothing there; a screen reader would say the backslash before them.
_PUNCTUATION = re.compile(r"([!-$&(-+\--/:->@\[-`{-~])")
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # they turn the rest of a line around


def md(text: object) -> str:
    """Any text for a Markdown surface, on one line, looking as it is."""
    line = " ".join(str(text).translate(_TURNING).split())
    return _PUNCTUATION.sub(r"\\\1", _WAKES.sub("\u2060", line))
