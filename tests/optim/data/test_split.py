from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import UsageError
from tutor.optim.data import Images, load, split

DIGITS = load("digits")


def test_the_split_is_the_same_on_every_machine() -> None:
    """Which images train, and what becomes of them: a change here makes every cached result wrong."""
    halves = split(DIGITS, seed=0)
    assert (len(halves.train), len(halves.validation)) == (1438, 359)
    whole = b"".join(
        part.inputs.tobytes() + part.labels.tobytes() for part in (halves.train, halves.validation)
    )
    assert hashlib.sha256(whole).hexdigest()[:16] == "0d06dc2a252e6d05"


@given(seed=st.integers(0, 2**32), train=st.integers(1, 40), validation=st.integers(1, 40))
@settings(max_examples=25)
def test_no_image_is_in_both(seed: int, train: int, validation: int) -> None:
    pixels = np.arange(80, dtype=np.uint8)[:, None]
    labels = np.arange(80, dtype=np.uint8) % 10
    halves = split(Images("count", 1, 255, pixels, labels), seed=seed, train=train, validation=validation)
    assert (len(halves.train), len(halves.validation)) == (train, validation)
    spread = max(float(np.std(np.unique(halves.train.inputs))), 1e-9)  # as many distinct inputs as images
    seen = np.concatenate([halves.train.inputs[:, 0], halves.validation.inputs[:, 0]])
    assert spread > 0.0
    assert len(np.unique(seen)) == train + validation


def test_another_seed_is_another_split() -> None:
    assert (split(DIGITS, seed=1).train.labels != split(DIGITS, seed=2).train.labels).any()


def test_pixels_are_standardised_by_the_training_images_alone() -> None:
    halves = split(DIGITS, train=1000, validation=100)
    ink = halves.train.inputs.std(axis=0)
    np.testing.assert_allclose(halves.train.inputs.mean(axis=0), 0.0, atol=1e-5)
    assert np.all(ink < 1.0 + 1e-5)
    assert np.sum(ink > 1.0 - 1e-5) > 30  # the others hardly ever see ink
    assert np.abs(halves.validation.inputs.mean(axis=0)).max() > 0.01


def test_one_number_leaves_the_rest_to_the_other() -> None:
    for given_sizes, sizes in (
        ({"train": 1000}, (1000, 797)),
        ({"validation": 97}, (1700, 97)),
        ({"train": 10, "validation": 20}, (10, 20)),
    ):
        halves = split(DIGITS, **given_sizes)
        assert (len(halves.train), len(halves.validation)) == sizes


@pytest.mark.parametrize(("train", "validation"), [(1797, None), (0, 5), (None, 1797), (1000, 798), (-3, 2)])
def test_more_images_than_there_are(train: int | None, validation: int | None) -> None:
    with pytest.raises(UsageError, match="'digits' has 1,797 images: "):
        split(DIGITS, train=train, validation=validation)
