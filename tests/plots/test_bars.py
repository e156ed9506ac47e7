from __future__ import annotations

from tutor.plots.bars import bars


def test_one_bar_each() -> None:
    assert bars([3, 1, 0, 4, 2, 0, 1]) == "▆▂·█▄·▂"


def test_nothing_due() -> None:
    assert bars([]) == ""
    assert bars([0, 0]) == "··"


def test_a_single_one_among_many_is_still_seen() -> None:
    assert bars([1, 1000]) == "▁█"
