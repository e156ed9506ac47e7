"""How long the rest takes."""

from __future__ import annotations

import pytest

from tutor.lab.digits.pace import seconds_left, time_left


def test_it_goes_on_as_before() -> None:
    assert seconds_left(3.0, 0.0, 0.25) == pytest.approx(9.0)


def test_what_came_from_a_cache_took_no_time() -> None:
    assert seconds_left(2.0, 0.5, 0.75) == pytest.approx(2.0)


@pytest.mark.parametrize(("elapsed", "share"), [(0.1, 0.9), (9.0, 0.5)])
def test_at_first_nothing_is_known(elapsed: float, share: float) -> None:
    assert seconds_left(elapsed, 0.5, share) is None


def test_at_the_end_nothing_is_left() -> None:
    assert seconds_left(0.0, 1.0, 1.0) == 0.0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (0.2, "about 1 s left"),
        (9.9, "about 10 s left"),
        (33.0, "about 35 s left"),
        (130.0, "about 2 min left"),
        (9000.0, "about 2 h left"),
    ],
)
def test_no_more_is_said_than_is_known(seconds: float | None, words: str) -> None:
    assert time_left(seconds) == words
