"""Folders of IDX files, the format in which MNIST and its kin come."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

import numpy as np

from tutor.errors import UsageError
from tutor.optim.data.images import CLASSES, Images

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

PARTS = ("train", "t10k")
"""How the names of the files begin: the part to train on, and the part to test with, which may be missing."""

MOST_IMAGES = 200_000
MOST_SIDE = 64

UNSIGNED_BYTES = 8
"""The third byte of an IDX file: how the numbers are written."""


def folder(path: Path) -> Images:
    """Read the images of a folder, train before t10k, gzipped or not; UsageError if a file is not sound."""
    if not path.is_dir():
        raise UsageError(f"there is no folder {str(path)!r}: give 'digits', 'mnist' or a folder with IDX files")
    train, test = PARTS
    parts = [_part(path, part) for part in (train, *([test] if _find(path, test) else []))]
    pixels, labels = zip(*parts, strict=True)
    sides = {part.shape[1] for part in pixels}
    if len(sides) > 1:
        raise UsageError(f"the images in {str(path)!r} are not all of one size: take the files of one data set")
    side = sides.pop()
    flat = np.concatenate([part.reshape(len(part), side * side) for part in pixels])
    return Images(path.name or str(path), side, 255, flat, np.concatenate(labels))


def _part(path: Path, part: str) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Read the images (n, side, side) and the labels (n,) of one part."""
    found = _find(path, part)
    if not found:
        raise UsageError(
            f"{str(path)!r} has no {part}-images-idx3-ubyte, gzipped or not: "
            "give a folder with IDX files, such as MNIST's"
        )
    images, labels = found
    pixels, digits = read(images, axes=3), read(labels, axes=1)
    if len(pixels) != len(digits):
        raise _damaged(labels, f"it has {len(digits):,} labels for {len(pixels):,} images")
    if pixels.shape[1] != pixels.shape[2]:
        raise _damaged(images, f"its images are {pixels.shape[1]} by {pixels.shape[2]} pixels and not square")
    if digits.max() >= CLASSES:
        raise _damaged(labels, f"label {digits.max()} is no digit")
    return pixels, digits


def _find(path: Path, part: str) -> tuple[Path, Path] | None:
    """Find the files of one part; None if it has neither images nor labels."""
    found = []
    for what in ("images-idx3", "labels-idx1"):
        names = [f"{part}-{what}-ubyte{end}" for end in ("", ".gz")]
        found.append(next((path / name for name in names if (path / name).is_file()), None))
    images, labels = found
    if images is None and labels is None:
        return None
    if images is None or labels is None:
        what = "labels" if labels is None else "images"
        raise UsageError(f"{str(path)!r} has no file of {part} {what}: put it beside the other one")
    return images, labels


def read(path: Path, *, axes: int) -> NDArray[np.uint8]:
    """Read an IDX file of unsigned bytes with that many axes; never more of it than its header says.

    Raises UsageError if it is something else, too large, cut short or longer than it says.
    """
    try:
        with cast("BinaryIO", gzip.open(path) if path.suffix == ".gz" else path.open("rb")) as file:
            header = file.read(4 * (axes + 1))
            if header[:4] != bytes((0, 0, UNSIGNED_BYTES, axes)) or len(header) < 4 * (axes + 1):
                raise _damaged(path, f"it does not begin as an IDX file of bytes with {axes} axes does")
            shape = tuple(int(size) for size in np.frombuffer(header, ">u4")[1:])
            if not 1 <= shape[0] <= MOST_IMAGES or not all(1 <= side <= MOST_SIDE for side in shape[1:]):
                raise _damaged(path, f"it says that its size is {' × '.join(f'{size:,}' for size in shape)}")
            size = int(np.prod(shape))
            content = file.read(size + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise _damaged(path, "its compression is damaged or cut short") from None
    except OSError as error:
        raise UsageError(f"cannot read {str(path)!r}: {error.strerror}") from None
    if len(content) != size:
        raise _damaged(path, "it is cut short" if len(content) < size else "it is longer than it says")
    return np.frombuffer(content, np.uint8).reshape(shape)


def _damaged(path: Path, what: str) -> UsageError:
    return UsageError(f"{str(path)!r} is damaged: {what}; fetch it again")
