from __future__ import annotations

import pytest

from tutor.errors import ChangedMeanwhile, DeckError, StoreError, TutorError, UsageError, unknown


@pytest.mark.parametrize(
    ("error", "status"),
    [(TutorError, 1), (UsageError, 2), (DeckError, 1), (StoreError, 1), (ChangedMeanwhile, 1)],
)
def test_each_error_is_caught_by_the_root_and_has_a_status(error: type[TutorError], status: int) -> None:
    assert issubclass(error, TutorError)
    assert error("what").exit_status == status


def test_who_can_write_must_expect_changes() -> None:
    assert issubclass(ChangedMeanwhile, StoreError)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ravin", "unknown hill 'ravin': did you mean 'ravine'? known are bowl, ravine"),
        ("sea", "unknown hill 'sea': known are bowl, ravine"),
        ("", "unknown hill '': known are bowl, ravine"),
        ("a\nb\x1b[1m", "unknown hill 'a\\nb\\x1b[1m': known are bowl, ravine"),
    ],
)
def test_what_is_unknown_is_named_with_the_nearest_known(name: str, message: str) -> None:
    error = unknown("hill", name, {"ravine": 1, "bowl": 2})
    assert isinstance(error, UsageError)
    assert str(error) == message
