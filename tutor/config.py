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


RANGES = {"rollover": (0, 23)}


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


def deck_roots() -> tuple[str, ...]:
    """The folders whose subfolders are decks: the bundled ones, then the learner's own."""
    package = os.path.dirname(os.path.abspath(__file__))
    bundled = os.path.join(package, "_decks")
    if not os.path.isdir(bundled):  # a checkout: the wheel's build copies the folder into the package
        bundled = os.path.join(os.path.dirname(package), "decks")
    return bundled, os.path.join(home(), "decks")


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
        if key not in RANGES:
            raise UsageError(f"{path}: {unknown('setting', key, RANGES)}")
        low, high = RANGES[key]
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise UsageError(f"{path}: {key} = {value!r} must be a whole number from {low} to {high}")
    return Settings(**found)
