"""Settings in TOML, as they stand in ``experiment`` fences and in ``deck.toml``: names, numbers, lists."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from tutor.decks.clean import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.decks.model import Problems

MAX_CHARACTERS = 4096
MAX_NESTING = 4

_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def parse_settings(
    source: str, line: int, problems: Problems, most: int = MAX_CHARACTERS
) -> Mapping[str, object] | None:
    """Return the settings in ``source``, which begins on ``line``; None, and a problem, if it is broken."""
    if len(source) > most:
        problems.add(line, f"the settings are longer than {most} characters; shorten them")
        return None
    try:
        settings = tomllib.loads(clean(source))
        return {one_line(key): _cleaned(value, MAX_NESTING) for key, value in settings.items()}
    except (ValueError, RecursionError) as error:
        what = str(error)
    position, column = _POSITION.search(what), 1
    if position:
        what = what[: position.start()]
        line += int(position[1] or 1) - 1
        column = int(position[2] or 1)
    problems.add(line, f"broken TOML ({what}); write 'name = value', with texts in quotes", column)
    return None


def _cleaned(value: object, nesting: int) -> object:
    """Clean the texts in ``value``, since TOML's own escapes can spell control characters."""
    if nesting == 0:
        raise ValueError("nested too deeply")
    match value:
        case str():
            return one_line(value)
        case dict():
            return {one_line(key): _cleaned(entry, nesting - 1) for key, entry in value.items()}
        case list():
            return [_cleaned(entry, nesting - 1) for entry in value]
        case _:
            return value
