"""Where things are, and what the learner has set.

The command that a shell prompt runs imports this module, so it imports nothing that it can do without.
"""

from __future__ import annotations

import os
from typing import NamedTuple

from tutor.errors import UsageError, unknown


class Settings(NamedTuple):
    """What ``config.toml`` in the data folder may hold; each key is optional."""

    rollover: int = 4
    """The hour, 0 to 23, at which a new study day begins."""

    new_per_day: int = 20
    """The most new questions that a day brings."""

    reviews_per_day: int = 200
    """The most questions seen before that a day asks; those failed today come on top."""

    minutes: int = 0
    """After how many minutes of answering a sitting stops and asks whether to go on; 0 for never."""

    order: str = "due-first"
    """Where a day's new questions come: after those that are due, before them, or spread among them."""

    bury_siblings: bool = False
    """Whether a card's other questions wait until tomorrow once one of them was asked."""

    leech_lapses: int = 4
    """From how many lapses on a question is a leech, whose paragraph is shown before it is asked again."""

    shuffle: bool = True
    """Whether the options of a question change places when it comes back."""

    easy_days: tuple[str, ...] = ()
    """The days of the week on which little should come due, such as ``sun``."""


ORDERS = ("due-first", "new-first", "mixed")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RANGES = {
    "rollover": (0, 23),
    "new_per_day": (0, 9999),
    "reviews_per_day": (0, 9999),
    "minutes": (0, 1440),
    "leech_lapses": (1, 99),
}


def home() -> str:
    """The data folder: ``$TUTOR_HOME``, or the platform's folder for user data."""
    given = os.environ.get("TUTOR_HOME")
    if given:
        return os.path.abspath(os.path.expanduser(given))
    from platformdirs import user_data_dir

    return user_data_dir("tutor", appauthor=False)


def store_path() -> str:
    """The file that remembers every review."""
    return os.path.join(home(), "store.db")


def index_path() -> str:
    """The cache of what the decks hold; it may be deleted at any time."""
    return os.path.join(home(), "index.json")


def search_path() -> str:
    """The cache of the full-text search; it may be deleted at any time."""
    return os.path.join(home(), "search.db")


def deck_roots() -> tuple[str, ...]:
    """The folders whose subfolders are decks: the bundled ones, then the learner's own."""
    package = os.path.dirname(os.path.abspath(__file__))
    bundled = os.path.join(package, "_decks")
    if not os.path.isdir(bundled):  # a checkout: the wheel's build copies the folder into the package
        bundled = os.path.join(os.path.dirname(package), "decks")
    return bundled, os.path.join(home(), "decks")


def is_bundled(path: str) -> bool:
    """Whether the file is part of the installed program, so that an update would undo a change."""
    package = os.path.dirname(os.path.abspath(__file__))
    return os.path.abspath(path).startswith(os.path.join(package, "_decks", ""))


def settings() -> Settings:
    """Read ``config.toml``; a missing file means the defaults. Raises UsageError on a bad one."""
    path = os.path.join(home(), "config.toml")
    if not os.path.exists(path):
        return Settings()
    import tomllib

    try:
        with open(path, "rb") as file:
            found = tomllib.load(file)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be read ({error.strerror}): mend its permissions or delete it"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not valid TOML ({error}): mend or delete the file") from error
    for key, value in found.items():
        if key not in Settings._fields:
            raise UsageError(f"{path}: {unknown('setting', key, Settings._fields)}")
        wanted = _wanted(key, value)
        if wanted:
            raise UsageError(f"{path}: {key} = {value!r} must be {wanted}")
    if "easy_days" in found:
        found["easy_days"] = tuple(found["easy_days"])
    return Settings(**found)


def _wanted(key: str, value: object) -> str:
    """Say what the setting's value must be; nothing if it is so."""
    if key in RANGES:
        low, high = RANGES[key]
        right = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        return "" if right else f"a whole number from {low} to {high}"
    if key == "order":
        return "" if value in ORDERS else f"one of {', '.join(ORDERS)}"
    if key == "easy_days":
        days = value if isinstance(value, list) else [None]
        right = all(day in WEEKDAYS for day in days) and len(set(days)) < len(WEEKDAYS)
        return "" if right else f"a list of at most six of {', '.join(WEEKDAYS)}"
    return "" if isinstance(value, bool) else "true or false"
