from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.decks.gaps import fillings, fills, has_one_gap


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("Descend along the ___ .", True),
        ("___ is first", True),
        ("with $x_1$ a ___ comes", True),
        ("none", False),
        ("too ____ long", False),
        ("too __ short", False),
        ("___ and ___", False),
        ("in $x = ___$ maths", False),
    ],
)
def test_one_gap(text: str, one: bool) -> None:
    assert has_one_gap(text) is one


def test_alternatives() -> None:
    assert fillings("gradient | slope | $|x|$") == ("gradient", "slope", "$|x|$")
    assert fillings(" | ") == fillings("") == ()


@pytest.mark.parametrize(
    "given_", ["gradient", " Gradient ", "GRADIENT.", "the  slope", "η", r"$\eta$", "−1", "-1"]
)
def test_how_it_is_written_does_not_matter(given_: str) -> None:
    assert fills(r"gradient | The slope | $\eta$ | $-1$", given_)


@pytest.mark.parametrize("given_", ["", "|", "gradients", "gradient slope", "gra dient", "1"])
def test_what_it_is_does(given_: str) -> None:
    assert not fills(r"gradient | The slope | $\eta$ | $-1$", given_)


@given(st.text(min_size=1, max_size=20))
def test_whatever_is_typed_is_compared(typed: str) -> None:
    assert fills("gradient | slope", typed) in {True, False}
    assert all(fills("gradient", f"  {word} ") for word in ("gradient", "$gradient$", "Gradient."))
