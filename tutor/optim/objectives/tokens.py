"""Check a formula token by token, so that whatever reads it next meets only short, balanced arithmetic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tutor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = 2_000
"""The most characters."""

LARGEST = 200
"""The most tokens: numbers, names, operators and brackets."""

DEEPEST = 50
"""The most brackets one in the other."""

TOKEN = re.compile(
    r" |(?P<number>(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*)"
    r"|(?P<sign>[+-])|(?P<operator>\*\*|[*/])|(?P<open>\()|(?P<close>\))"
    r"|(?P<other>.)",
    re.DOTALL,
)

_OPERAND_NEXT = {"number", "variable", "function", "open", "sign"}
_OPERATOR_NEXT = {"sign", "operator", "close", "end"}

NEXT = {
    "start": (_OPERAND_NEXT, "something is missing before it"),
    "open": (_OPERAND_NEXT, "something is missing before it"),
    "sign": (_OPERAND_NEXT, "something is missing before it"),
    "operator": (_OPERAND_NEXT, "something is missing before it"),
    "number": (_OPERATOR_NEXT, "an operation is missing before it, such as *"),
    "variable": (_OPERATOR_NEXT, "an operation is missing before it, such as *"),
    "close": (_OPERATOR_NEXT, "an operation is missing before it, such as *"),
    "function": ({"open"}, "a function wants brackets, as in sin(x)"),
}
"""The kinds of token that may follow each kind, and what to say of another."""

HINTS = {
    "^": "write ** for a power",
    "²": "write **2",
    "³": "write **3",
    "|": "write abs(…)",
    "√": "write sqrt(…)",
    "π": "write pi",
    "−": "write - for minus",
    "·": "write *",
    "×": "write *",
    "=": "write only the right-hand side",
    ",": "a function takes one value, and a number has a decimal point",
    ".": "a point stands only in a number",
}


def checked(text: str, variables: Collection[str], functions: Collection[str]) -> str:
    """Give a well-formed formula of numbers, variables, functions, + - * / ** ( ), with single blanks.

    Raises UsageError, with the place and the remedy, if it is not well formed, or too long or too deep.
    """
    if len(text) > LONGEST:
        raise UsageError(f"the expression has {len(text):,} characters: write at most {LONGEST:,}")
    text = " ".join(text.split())
    opened: list[int] = []
    last = "start"
    found = [match for match in TOKEN.finditer(text) if match.lastgroup]
    for match in found[:LARGEST]:
        at, token, kind = match.start(), match[0], match.lastgroup or ""
        if kind == "name":
            kind = "variable" if token in variables else "function" if token in functions else "other"
        if kind == "other":
            names = ", ".join([*variables, *functions])
            allowed = f"known are {names}" if match["name"] else "use only numbers, names, + - * / ** ( )"
            raise wrong(at, token, HINTS.get(token, allowed))
        allowed_next, complaint = NEXT[last]
        if kind not in allowed_next:
            raise wrong(at, token, complaint)
        if kind == "open":
            opened.append(at)
            if len(opened) > DEEPEST:
                raise wrong(at, token, f"put at most {DEEPEST} brackets into each other")
        elif kind == "close":
            if not opened:
                raise wrong(at, token, "there is no ( that it closes")
            opened.pop()
        last = kind
    if len(found) > LARGEST:
        raise wrong(
            found[LARGEST].start(), found[LARGEST][0], f"write at most {LARGEST} numbers, names and signs"
        )
    if "end" not in NEXT[last][0]:
        raise wrong(len(text), "", "something is missing")
    if opened:
        raise wrong(opened[-1], "(", "there is no ) that closes it")
    return text


def wrong(at: int, found: str, remedy: str) -> UsageError:
    """Make the error that says where in a formula (counted from 0), what, and how to mend it."""
    shown = found if len(found) <= 30 else f"{found[:29]}…"
    place = f"at character {at + 1}, {shown!r}" if found else "at its end"
    return UsageError(f"the expression goes wrong {place}: {remedy}")
