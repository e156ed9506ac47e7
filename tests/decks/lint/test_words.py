from __future__ import annotations

import pytest

from tutor.decks.lint.words import content, lix, normal, numbers, words


def test_lix_of_counted_words() -> None:
    """Ten words in two sentences, three of them of more than six letters: 10/2 + 100·3/10."""
    assert lix("The learning rate is a step. Practitioners change it carefully.") == pytest.approx(35.0)
    assert lix("") == lix("12, 34.") == 0


def test_maths_is_one_short_word() -> None:
    assert lix(r"The rate $\eta \le \frac{2}{\lambda_{\max}}. Large$ is small.") == lix("The rate x is small.")


def test_words_and_what_they_are_about() -> None:
    assert words("A well-kept $a b c$ step, 3 of it; don't") == ["A", "well-kept", "step", "of", "it", "don't"]
    assert content("The jumps of the jumping walls jumped") == {"jump", "wall"}
    assert normal("The  Step-size, $\\eta$.") == "the step - size η"
    assert numbers("from −3 to $10^{2}$, 0.5 and 1e-3") == [-3, 10, 0.5, 1e-3]
