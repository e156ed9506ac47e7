"""Text from a deck made safe to show: no terminal escape, control character or bidirectional override."""

from __future__ import annotations

import re

_ESCAPE_SEQUENCE = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor movement
    "|(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\\\|\x9c)"  # OSC, DCS and kin
    "|\x1b[ -/]*[0-~]"
)
_UNSAFE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 except tab and newline
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"  # bidirectional marks and overrides, line separators
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"  # byte-order mark, annotations, what is no character
    "\U000e0000-\U000e007f"  # invisible tags
    "]"
)
_LINE_END = re.compile("\r\n?")


def clean(text: str) -> str:
    """``text`` without what a terminal would obey or a reader could not see; its lines stay its lines."""
    if text.replace("\n", "").isprintable():  # which is quick to see, and holds for nothing that is cut below
        return text
    return _UNSAFE.sub("", _ESCAPE_SEQUENCE.sub("", _LINE_END.sub("\n", text)))


def one_line(text: str) -> str:
    """``text`` cleaned and on one line, with single blanks."""
    return " ".join(clean(text).split())


def shorten(text: str, length: int = 60) -> str:
    """``text``, cut to at most ``length`` characters."""
    return text if len(text) <= length else text[: length - 1] + "…"
