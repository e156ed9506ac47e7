"""Images in shades, in halves of cells, and in braille dots."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.plots.draw import draw
from tutor.plots.figure import Picture

CORNERS = np.array([[1.0, 0.0, 0.0, 0.75], [0.0] * 4, [0.0] * 4, [0.5, 0.0, 0.0, 0.25]])


def lines(figure: Picture, width: int, height: int) -> list[str]:
    return str(draw(figure, width, height)).splitlines()


def test_pixels_are_square_and_their_ink_is_a_shade() -> None:
    assert [line.strip() for line in lines(Picture(CORNERS), 24, 6)] == ["", "██    ▓▓", "", "", "▒▒    ░░", ""]


def test_it_grows_with_its_room_and_stays_in_the_middle() -> None:
    drawn = lines(Picture(CORNERS), 40, 12)
    assert drawn[0] == " " * 8 + "██████" + " " * 12 + "▓▓▓▓▓▓" + " " * 8
    assert drawn[-1].strip() == "▒▒▒▒▒▒            ░░░░░░"


@pytest.mark.parametrize(("side", "height", "sign"), [(10, 6, "▀"), (40, 10, "⠉")])
def test_with_less_room_there_is_ink_or_none(side: int, height: int, sign: str) -> None:
    pixels = np.zeros((side, side))
    pixels[0] = 1.0
    drawn = [line.strip() for line in lines(Picture(pixels), 24, height) if line.strip(" ⠀")]
    assert len(drawn) == 1
    assert set(drawn[0]) == {sign}


def test_the_caption_stands_below() -> None:
    assert [line.strip() for line in lines(Picture(CORNERS, "a corner"), 24, 8)].index("a corner") == 5


def test_more_pixels_than_dots_are_thinned() -> None:
    drawn = lines(Picture(np.ones((500, 300))), 24, 6)
    assert set("".join(drawn)) == {"⣿"}


def test_no_pixels_are_no_picture() -> None:
    assert not "".join(lines(Picture(np.zeros((0, 0))), 24, 6)).strip()
    assert "█" not in "".join(lines(Picture(np.full((4, 4), np.nan)), 24, 6))
