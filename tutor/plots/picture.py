"""The picture of an image: in shades where there is room, in half cells or braille dots where there is less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.plots.drawing import Cell
from tutor.plots.raster import ACROSS, BITS, BLANK, UP

if TYPE_CHECKING:
    from tutor.plots.figure import Array, Picture

SHADES = " ░▒▓█"
HALVES = " ▄▀█"
"""By whether the lower half is ink, and whether the upper one is."""


def picture(figure: Picture, width: int, height: int) -> list[list[Cell]]:
    """The cells of an image in the middle of ``height`` rows of ``width``, with its caption below."""
    room = height - bool(figure.caption)
    pixels = np.atleast_2d(np.clip(np.nan_to_num(figure.pixels), 0.0, 1.0))
    lines = _drawn(pixels, width, room) if pixels.size else []
    if figure.caption:
        lines.append(figure.caption[:width])
    above = (height - len(lines)) // 2
    rows = [""] * above + lines + [""] * (height - above - len(lines))
    return [[Cell(glyph, "text") for glyph in f"{row:^{width}}"] for row in rows]


def _drawn(pixels: Array, columns: int, rows: int) -> list[str]:
    """The image in at most so many cells, in the way that shows most of it."""
    height, width = pixels.shape
    scale = min(columns // (2 * width), rows // height)
    if scale:
        return _shaded(pixels, scale)
    ink = pixels > pixels.max() / 2
    if width <= columns and height <= 2 * rows:
        return _halved(np.pad(ink, ((0, height % 2), (0, 0))))
    across, up = min(width, ACROSS * columns), min(height, UP * rows)
    fitting = ink[np.arange(up) * height // up][:, np.arange(across) * width // across]
    return _dotted(np.pad(fitting, ((0, -up % UP), (0, -across % ACROSS))))


def _shaded(pixels: Array, scale: int) -> list[str]:
    """A cell is twice as high as wide: each pixel is twice as many columns as rows."""
    levels = (pixels * (len(SHADES) - 1) + 0.5).astype(int).tolist()
    lines = ["".join(SHADES[level] * 2 * scale for level in row) for row in levels]
    return [line for line in lines for _ in range(scale)]


def _halved(ink: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> list[str]:
    codes = (2 * ink[::2] + ink[1::2]).tolist()
    return ["".join(HALVES[code] for code in row) for row in codes]


def _dotted(ink: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> list[str]:
    height, width = ink.shape
    dots = ink.reshape(height // UP, UP, width // ACROSS, ACROSS).swapaxes(1, 2)
    codes = (dots * BITS[::-1]).sum(axis=(2, 3)).tolist()
    return ["".join(chr(BLANK + code) for code in row) for row in codes]
