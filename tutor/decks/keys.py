"""The values of a mapping's keys, by type; what is missing or wrong is noted, and read as an empty value."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tutor.decks.clean import shorten
from tutor.decks.model import Approval, Link
from tutor.decks.yaml_nodes import Node, entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tutor.decks.model import Problems

IDENTIFIER = r"[a-z0-9]+(?:-[a-z0-9]+)*"
MAX_LINK = 500

# A host without user name, so that https://good.org@evil.org is refused; all of it characters of ASCII.
_LINK = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d+)?(?:[/?#][!-~]*)?")
_NEVER = datetime.min.replace(tzinfo=UTC)


class Keys:
    """Reads the values in ``found``, of a mapping that begins at ``where``, a line and a column."""

    def __init__(
        self, found: Mapping[str, Node], problems: Problems, where: tuple[int, int] = (1, 1), of: str = ""
    ):
        self._found = found
        self._problems = problems
        self._where = where
        self._of = of

    def text(self, key: str) -> str:
        """Return a text that has to be there."""
        node = self._required(key, f'"some {key}"')
        return self._scalar(self._named(key), node) if node else ""

    def identifier(self, key: str) -> str:
        """Return an id that has to be there."""
        node = self._required(key, "some-id")
        text = self._scalar(key, node) if node else ""
        if node and text and not re.fullmatch(IDENTIFIER, text):
            mend = "use lower-case letters and digits, with single hyphens between"
            self._note(node, f"{key} '{shorten(text)}' is no id; {mend}")
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(self._scalar(f"an entry of {key}", node) for node in self._list(key, '["…", "…"]'))

    def time(self, key: str) -> datetime:
        """Return a time that has to be there, in UTC."""
        node = self._required(key, "2026-06-01T06:20:00Z")
        if node is None:
            return _NEVER
        try:
            time = datetime.fromisoformat(node.word)
            return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):  # OverflowError: before the year 1 or after 9999 in UTC
            self._note(node, f"{key} is no date and time; write it as 2026-06-01T06:20:00Z")
            return _NEVER

    def day(self, key: str) -> date:
        """Return a date that has to be there."""
        node = self._required(key, "2026-06-01")
        if node is None:
            return _NEVER.date()
        try:
            return date.fromisoformat(node.word)
        except ValueError:
            self._note(node, f"{self._named(key)} is no date; write it as 2026-06-01")
            return _NEVER.date()

    def link(self, key: str) -> str:
        """Return the address of a page on the web that has to be there."""
        node = self._required(key, '"https://…"')
        text = self._scalar(self._named(key), node) if node else ""
        if node and text and not (len(text) <= MAX_LINK and _LINK.fullmatch(text)):
            mend = f"write http:// or https://, a host and a path, in ASCII, at most {MAX_LINK} characters"
            self._note(node, f"{self._named(key)} '{shorten(text)}' is no address of a page; {mend}")
            return ""
        return text

    def links(self, key: str) -> tuple[Link, ...]:
        """Return a list of links."""
        example = '{ title: "…", link: "https://…" }'
        return tuple(
            Link(each.text("title"), each.link("link"))
            for each in self._mappings(key, ["title", "link"], example)
        )

    def approvals(self, key: str) -> tuple[Approval, ...]:
        """Return a list of approvals."""
        example = '{ by: "…", on: 2026-06-01, link: "https://…" }'
        return tuple(
            Approval(each.text("by"), each.day("on"), each.link("link"))
            for each in self._mappings(key, ["by", "on", "link"], example)
        )

    def _mappings(self, key: str, known: list[str], example: str) -> Iterator[Keys]:
        for node in self._list(key, f"[{example}]"):
            found = entries(node, known, self._problems)
            if found is None:
                self._note(node, f"an entry of {key} should have {' and '.join(known)}; write {example}")
            else:
                yield Keys(found, self._problems, (node.line, node.column), f"an entry of {key}")

    def _list(self, key: str, example: str) -> list[Node]:
        node = self._found.get(key)
        if node is None:
            return []
        if not node.is_list:
            self._note(node, f"{key} should be a list; write {key}: {example}, or [] for none")
            return []
        return node.held

    def _required(self, key: str, example: str) -> Node | None:
        node = self._found.get(key)
        if node is None:
            what = f"{self._of or 'the front matter'} has no {key}"
            mend = f"add {key}: {example}" if self._of else f"add a line '{key}: {example}'"
            line, column = self._where
            self._problems.add(line, f"{what}; {mend}", column)
        return node

    def _named(self, key: str) -> str:
        return f"'{key}' in {self._of}" if self._of else key

    def _scalar(self, what: str, node: Node) -> str:
        text = node.word if node.is_text else ""
        if not text:
            self._note(node, f'{what} should be text; put it in quotes: "…"')
        return text

    def _note(self, node: Node, message: str) -> None:
        self._problems.add(node.line, message, node.column)
