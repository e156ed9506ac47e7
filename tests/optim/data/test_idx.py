"""Folders of IDX files, sound and not."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tutor.errors import UsageError
from tutor.optim.data import load

if TYPE_CHECKING:
    from pathlib import Path

RNG = np.random.default_rng(0)
PIXELS = RNG.integers(0, 256, (7, 5, 5), dtype=np.uint8)
LABELS = np.arange(7, dtype=np.uint8)


def packed(array: np.ndarray) -> bytes:
    """An IDX file."""
    return bytes((0, 0, 8, array.ndim)) + np.array(array.shape, ">u4").tobytes() + array.tobytes()


def put(
    folder: Path,
    *,
    part: str = "train",
    images: bytes = packed(PIXELS),
    labels: bytes = packed(LABELS),
    end: str = "",
) -> None:
    for name, content in (("images-idx3", images), ("labels-idx1", labels)):
        whole = gzip.compress(content) if end else content
        (folder / f"{part}-{name}-ubyte{end}").write_bytes(whole)


@pytest.mark.parametrize("end", ["", ".gz"])
def test_a_folder_of_both_parts(tmp_path: Path, end: str) -> None:
    put(tmp_path, end=end)
    put(tmp_path, part="t10k", images=packed(PIXELS[:2]), labels=packed(LABELS[5:]), end=end)
    images = load(str(tmp_path))
    assert (images.name, images.side, images.levels) == (tmp_path.name, 5, 255)
    np.testing.assert_array_equal(images.pixels, [*PIXELS.reshape(7, 25), *PIXELS[:2].reshape(2, 25)])
    np.testing.assert_array_equal(images.labels, [0, 1, 2, 3, 4, 5, 6, 5, 6])


def test_the_training_part_is_enough(tmp_path: Path) -> None:
    put(tmp_path)
    assert len(load(str(tmp_path))) == 7


WRONG = {
    "no labels": ({"labels": packed(LABELS[:0])}, "labels-idx1-ubyte' is damaged: it says that its size is 0"),
    "too few labels": ({"labels": packed(LABELS[:6])}, "it has 6 labels for 7 images"),
    "no digit": ({"labels": packed(LABELS + 4)}, "label 10 is no digit"),
    "cut short": ({"images": packed(PIXELS)[:-1]}, "images-idx3-ubyte' is damaged: it is cut short"),
    "too long": ({"images": packed(PIXELS) + b"\0"}, "it is longer than it says"),
    "a header cut short": ({"images": packed(PIXELS)[:9]}, "does not begin as an IDX file"),
    "empty": ({"labels": b""}, "does not begin as an IDX file of bytes with 1 axes"),
    "labels for images": ({"images": packed(LABELS)}, "does not begin as an IDX file of bytes with 3 axes"),
    "not bytes": ({"images": b"\0\0\x0d" + packed(PIXELS)[3:]}, "does not begin as an IDX file"),
    "not square": ({"images": packed(PIXELS[:, :4])}, "4 by 5 pixels and not square"),
    "giant": ({"images": b"\0\0\x08\x03" + b"\xff" * 12}, "it says that its size is 4,294,967,295 × "),
    "many": (
        {"images": bytes((0, 0, 8, 3)) + np.array((10**6, 5, 5), ">u4").tobytes()},
        "size is 1,000,000 × 5",
    ),
}


@pytest.mark.parametrize(("given", "error"), WRONG.values(), ids=WRONG)
def test_a_damaged_file_is_named_in_one_line(tmp_path: Path, given: dict[str, Any], error: str) -> None:
    put(tmp_path, **given)
    with pytest.raises(UsageError) as caught:
        load(str(tmp_path))
    assert error in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"no gzip at all", gzip.compress(packed(PIXELS))[:-30]])
def test_damaged_compression(tmp_path: Path, content: bytes) -> None:
    put(tmp_path, end=".gz")
    (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(content)
    with pytest.raises(UsageError, match="its compression is damaged or cut short"):
        load(str(tmp_path))


def test_a_small_file_that_unpacks_to_a_giant_one_is_not_unpacked(tmp_path: Path) -> None:
    put(tmp_path, images=packed(PIXELS) + bytes(30_000_000), end=".gz")
    assert (tmp_path / "train-images-idx3-ubyte.gz").stat().st_size < 40_000
    import tracemalloc

    tracemalloc.start()
    with pytest.raises(UsageError, match="longer than it says"):
        load(str(tmp_path))
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_a_missing_folder_or_file_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder '/nowhere': give 'digits', 'mnist' or a folder"):
        load("/nowhere")
    with pytest.raises(UsageError, match="has no train-images-idx3-ubyte"):
        load(str(tmp_path))
    put(tmp_path)
    (tmp_path / "train-labels-idx1-ubyte").unlink()
    with pytest.raises(UsageError, match="has no file of train labels"):
        load(str(tmp_path))


def test_parts_of_two_data_sets_are_refused(tmp_path: Path) -> None:
    put(tmp_path)
    put(tmp_path, part="t10k", images=packed(PIXELS[:, :4, :4]))
    with pytest.raises(UsageError, match="not all of one size"):
        load(str(tmp_path))
