"""What can go wrong in ways that the user can mend.

Every error's text is one readable message: what is wrong, where, and how to mend it. The command line
prints it on standard error and exits with ``exit_status``; the app shows it as a notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class TutorError(Exception):
    """The root: catch this, and nothing wider, at a front end's edge."""

    exit_status = 1


class UsageError(TutorError):
    """A name, parameter or option that the caller can correct at once."""

    exit_status = 2


class DeckError(TutorError):
    """A deck or card that cannot be used."""


class StoreError(TutorError):
    """The store cannot be opened, read or written."""


class SearchError(TutorError):
    """The decks cannot be searched at all."""

    exit_status = 2  # 1 is for nothing found


class ChangedMeanwhile(StoreError):  # noqa: N818 - it says what happened
    """Another session answered the same question first; nothing was written."""


def unknown(kind: str, name: str, known: Iterable[str]) -> UsageError:
    """The error for a ``name`` that is not among the ``known`` ones, suggesting the nearest of them."""
    from difflib import get_close_matches

    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    suggestion = f"did you mean '{near[0]}'? " if near else ""
    return UsageError(f"unknown {kind} {name!r}: {suggestion}known are {', '.join(names)}")
