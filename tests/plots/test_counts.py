"""Calendars and bars."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from tutor.plots.calendar import NONE, SHADES
from tutor.plots.draw import draw
from tutor.plots.figure import Bars, Calendar, Curves, Series

MONDAY = date(2026, 11, 2)


def lines(figure: Calendar | Bars | Curves, width: int = 60, height: int = 10) -> list[str]:
    return [line.rstrip() for line in str(draw(figure, width, height)).splitlines()]


def test_each_day_stands_in_the_row_of_its_weekday_and_the_column_of_its_week() -> None:
    for n in range(21):
        values = np.zeros(21)
        values[n] = 5.0
        rows = lines(Calendar(values, MONDAY), width=24, height=9)[1:8]
        weekday, week = n % 7, n // 7
        assert [row[4:] for row in rows].count("· · ·") == 6
        assert rows[weekday][4 + 2 * week] in SHADES
        assert (MONDAY + timedelta(days=n)).weekday() == weekday


def test_days_before_the_first_and_after_the_last_are_blank() -> None:
    text = "\n".join(lines(Calendar(np.ones(9), date(2026, 11, 4)), width=24, height=9)[1:8])
    assert sum(text.count(shade) for shade in SHADES) == 18  # two cells a day
    assert NONE not in text


def test_more_is_darker_and_the_legend_says_what_is_what() -> None:
    counts = np.repeat([0.0, 1.0, 5.0, 10.0, 20.0], 7)
    text = lines(Calendar(counts, MONDAY, "answers"), width=60, height=9)
    assert [text[1][4 + 2 * week] for week in range(5)] == [NONE, *SHADES]
    assert text[-1].split() == ["·", "none", "░", "1–3", "▒", "4–7", "▓", "8–12", "█", "13+", "answers"]
    alike = lines(Calendar(np.full(14, 3.0), MONDAY, "answers"), width=60, height=9)
    assert alike[-1].split() == ["·", "none", "█", "3+", "answers"]


def test_a_calendar_that_is_too_long_shows_the_last_weeks() -> None:
    values = np.zeros(700)
    values[-1] = 9.0
    text = "".join(lines(Calendar(values, MONDAY), width=40, height=9)[1:8])
    assert text.count("█") == 1


@pytest.mark.parametrize(("value", "glyphs"), [(8.0, "████"), (4.0, "  ██"), (5.0, "  ▄██"), (0.0, "    ")])
def test_bars_are_as_high_as_their_numbers(value: float, glyphs: str) -> None:
    text = lines(Bars(np.array([8.0, value])), width=24, height=6)
    bar = "".join(row.split("│")[-1].split("┤")[-1].ljust(18)[10] for row in text[:4])
    assert bar.strip() == glyphs.strip()[-4:].replace("▄██", "▄██")


def test_every_bar_has_its_label_where_there_is_room() -> None:
    text = lines(Bars(np.arange(1.0, 6.0), ("one", "two", "three", "four", "five"), "how many"), width=50)
    assert text[-2].split() == ["one", "two", "three", "four", "five"]
    assert text[-1].strip() == "how many"
    assert "too small" in lines(Bars(np.ones(60)), width=40)[0]


def test_the_vertical_axis_can_be_given() -> None:
    figure = Curves((Series(np.arange(5.0), np.full(5, 90.0)),), y_range=(80.0, 100.0))
    ticks = [row.split("┤")[0].strip() for row in lines(figure, height=14) if "┤" in row]
    assert ticks[0] == "100"
    assert ticks[-1] == "80"
