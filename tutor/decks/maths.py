r"""Texts with ``$maths$`` as a terminal shows them: ``$\lambda_{\max} \le 10^{-3}$`` is λₘₐₓ ≤ 10⁻³.

TeX is read by its grammar (commands, groups, scripts); the characters come from unicodeit's tables. What has
no character stays readable: an unknown command as it was written, a script as x^(a,b).
"""

from __future__ import annotations

import re
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from unicodeit.data import COMBININGMARKS, REPLACEMENTS, SUBSUPERSCRIPTS

from tutor.decks.inline import pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.decks.inline import Piece

MAX_NESTING = 20

_BLANKS_BEFORE_STOP = re.compile(r"(?<! ) +(?=\.(?:\s|$))")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_SUM = re.compile(r"[\s+−±=<>≤≥,/]")
_FACTOR = re.compile(r"(\d[\d.]*|\w)[²³¹⁰-ₜᴬ-ᶿⱼⱽʰ-ˣ*′\u0300-\u036f]*|\([^()]*\)|‖[^‖]*‖|")

_SYMBOLS: dict[str, str] = {
    **dict(REPLACEMENTS),
    # What unicodeit lacks, or has only as a character that is wide or invisible in a terminal:
    r"\cdot": "·",
    r"\dots": "…",
    r"\langle": "⟨",
    r"\rangle": "⟩",
    r"\lvert": "|",
    r"\rvert": "|",
    r"\lVert": "‖",
    r"\rVert": "‖",
    "'": "′",
    **dict.fromkeys([r"\,", r"\:", r"\;", r"\ ", r"\quad", r"\qquad", r"\\", "~"], " "),
    **dict.fromkeys([r"\!", r"\-", r"\left", r"\right", r"\big", r"\Big"], ""),
}
_SCRIPTS: dict[str, str] = {
    **{name: script for name, script in SUBSUPERSCRIPTS if name[1].isalnum() or name[1] in "+-−=()*"},
    "^⊤": "ᵀ",
    "^′": "′",
    "^∘": "°",
    "^V": "ⱽ",  # for V unicodeit has a Korean letter
}
_OPERATOR = re.compile(r"\\(arg|cos|det|exp|inf|lim|ln|log|max|min|sin|sup|tan)")
_PREFIXES = {r"\nabla", r"\partial"}


def typeset(text: str) -> str:
    r"""Return ``text`` with its maths in Unicode, without its marks, and with no blank before a full stop."""
    return "".join(piece.text for piece in typeset_pieces(text))


def typeset_pieces(text: str) -> list[Piece]:
    """Return what `typeset` does, piece by piece, each with how it is to be set."""
    found = [
        piece._replace(text=_formula(piece.text)) if piece.kind == "maths" else piece for piece in pieces(text)
    ]
    whole = "".join(piece.text for piece in found)
    dropped = {
        place for blanks in _BLANKS_BEFORE_STOP.finditer(whole) for place in range(blanks.start(), blanks.end())
    }
    if not dropped:
        return found
    ends = [*accumulate(len(piece.text) for piece in found)]
    return [
        piece._replace(text="".join(whole[n] for n in range(end - len(piece.text), end) if n not in dropped))
        for piece, end in zip(found, ends, strict=True)
    ]


def _formula(source: str) -> str:
    """Set a formula with its dollars; one that is nested too deeply stays as it is."""
    dollars = 2 if source.startswith("$$") else 1
    try:
        return _Formula(source[dollars:-dollars]).typeset()
    except _TooDeepError:
        return source


def _script(sign: str, text: str) -> str:
    characters = text.replace(" ", "")
    if all(sign + character in _SCRIPTS for character in characters):
        return "".join(_SCRIPTS[sign + character] for character in characters)
    return sign + (text if len(text) == 1 else f"({text})")


def _fraction(over: str, under: str) -> str:
    return f"{f'({over})' if _SUM.search(over) else over}/{_factor(under)}"


def _root(text: str) -> str:
    return f"√{_factor(text)}"


def _factor(text: str) -> str:
    """Put ``text`` in parentheses unless it binds as closely as a single letter."""
    return text if _FACTOR.fullmatch(text) else f"({text})"


def _marked(mark: str, text: str) -> str:
    return text[:1] + mark + text[1:]


def _letters(alphabet: str, text: str) -> str:
    """Return ``text`` in an alphabet, such as ℝ or ℒ, if it is one that every terminal font has."""
    letter = _SYMBOLS.get(f"{alphabet}{{{text}}}", text)
    return letter if letter < "\U00010000" else text


_COMMANDS: dict[str, tuple[int, Callable[..., str]]] = {
    "^": (1, partial(_script, "^")),
    "_": (1, partial(_script, "_")),
    r"\sqrt": (1, _root),
    **dict.fromkeys([r"\frac", r"\dfrac", r"\tfrac"], (2, _fraction)),
    **{name: (1, partial(_marked, mark)) for name, mark in COMBININGMARKS},
    r"\mathbb": (1, partial(_letters, r"\mathbb")),
    r"\mathcal": (1, partial(_letters, r"\mathcal")),
    **dict.fromkeys([r"\mathrm", r"\mathbf", r"\mathit", r"\text", r"\operatorname"], (1, str)),
}
"""How many arguments a command takes, and how it is shown with them."""


class _TooDeepError(Exception):
    """A formula is nested deeper than anybody writes."""


class _Formula:
    """Reads a formula token by token; whatever it holds, something readable comes out."""

    def __init__(self, source: str):
        self._tokens: list[str] = _TOKEN.findall(source)[::-1]  # a stack: the next token is the last
        self._nesting = 0

    def typeset(self) -> str:
        text = self._sequence()
        while self._tokens:  # a closing brace too many
            self._tokens.pop()
            text += self._sequence()
        return " ".join(text.split())

    def _next(self) -> str:
        return self._tokens[-1] if self._tokens else ""

    def _sequence(self) -> str:
        """Read up to a closing brace or the end."""
        parts = []
        while self._next() not in {"}", ""}:
            parts.append(self._atom())
        return "".join(parts)

    def _argument(self) -> str:
        """Read what a command applies to: a group or a single atom."""
        self._skip_blanks()
        return "" if self._next() in {"}", ""} else self._atom().strip()

    def _skip_blanks(self) -> None:
        if self._next().isspace():
            self._tokens.pop()

    def _atom(self) -> str:
        """Read a group, a command with its arguments, or a character."""
        if self._nesting == MAX_NESTING:
            raise _TooDeepError
        self._nesting += 1
        first = self._tokens.pop()
        text = self._group() if first == "{" else self._command(first)
        self._nesting -= 1
        return text

    def _group(self) -> str:
        text = self._sequence()
        if self._tokens:
            self._tokens.pop()
        return text

    def _command(self, name: str) -> str:
        if name in _COMMANDS:
            count, show = _COMMANDS[name]
            return show(*[self._argument() for _ in range(count)])
        if _OPERATOR.fullmatch(name):
            return name[1:] + (" " if re.match(r"\\?[^\W_]", self._next()) else "")
        if name in _PREFIXES:
            self._skip_blanks()
        if name not in _SYMBOLS and name.startswith("\\") and self._next() == "{":
            return f"{name}{{{self._argument()}}}"
        return _SYMBOLS.get(name, name)
