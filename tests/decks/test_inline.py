from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tutor.decks.inline import Piece, pieces
from tutor.decks.maths import typeset, typeset_pieces


def shown(text: str) -> list[str]:
    """The pieces, each with letters for how it is set: e, s, m or c."""
    return [f"{_letters(piece)}:{piece.text}" for piece in pieces(text)]


def _letters(piece: Piece) -> str:
    kind = "" if piece.kind == "text" else piece.kind[0]
    return "e" * piece.emphasis + "s" * piece.strong + kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", [":plain"]),
        ("", []),
        ("so *much* more", [":so ", "e:much", ": more"]),
        ("so **much** more", [":so ", "s:much", ": more"]),
        ("***both***", ["es:both"]),
        ("**a *b* c**", ["s:a ", "es:b", "s: c"]),
        ("*a **b** c*", ["e:a ", "es:b", "e: c"]),
        ("(*a*), *b*.", [":(", "e:a", ":), ", "e:b", ":."]),
        ("run `tutor lab` now", [":run ", "c:tutor lab", ": now"]),
        ("`a*b*` and *c*", ["c:a*b*", ": and ", "e:c"]),
        ("*the rate $x^*$ is* it", ["e:the rate ", "em:$x^*$", "e: is", ": it"]),
        ("$x^*$ and $y^*$", ["m:$x^*$", ": and ", "m:$y^*$"]),
        ("2*3*4 and a * b * c", [":2", ":*", ":3", ":*", ":4 and a ", ":*", ": b ", ":*", ": c"]),
        ("a lone *star", [":a lone ", ":*", ":star"]),
        ("a lone `tick", [":a lone `tick"]),
        (r"\*no\* and \`no\`", [":*", ":no", ":*", ": and ", ":`", ":no", ":`"]),
        ("*a **b* c**", ["e:a ", "e:**", "e:b", ": c", ":**"]),
        ("****", [":****"]),
        ("* a *", [":*", ": a ", ":*"]),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the *learning rate* $\\eta$ .", "the learning rate η."),
        ("*outright* .", "outright."),
        ("`$x$` is $x$", "$x$ is x"),
        ("see **both** `a_b`", "see both a_b"),
    ],
)
def test_typeset_drops_the_marks(text: str, expected: str) -> None:
    assert typeset(text) == expected


MARKED = st.lists(st.sampled_from([*"*`$\\ ab.,_2", "**", "***", "x^*"]), max_size=30).map("".join)


@given(MARKED | st.text())
@example("*`*")
def test_nothing_but_marks_is_lost(text: str) -> None:
    assert re.sub(r"[\\*`]", "", "".join(piece.text for piece in pieces(text))) == re.sub(r"[\\*`]", "", text)
    assert "".join(piece.text for piece in typeset_pieces(text)) == typeset(text)


@given(MARKED)
def test_maths_and_code_are_left_alone(text: str) -> None:
    for piece in pieces(text):
        if piece.kind == "maths":
            assert re.fullmatch(r"\$.*\$", piece.text, re.DOTALL)
        if piece.kind != "text":
            assert piece.text in text


WORDS = st.lists(st.sampled_from(["one", "two", "three", "$x^*$", "`c*d*`"]), min_size=1, max_size=4).map(
    " ".join
)


@given(WORDS, st.integers(1, 3), WORDS, WORDS)
def test_what_is_marked_is_set(before: str, stars: int, inside: str, after: str) -> None:
    mark = "*" * stars
    found = pieces(f"{before} {mark}{inside}{mark} {after}")
    marked = [piece for piece in found if piece.emphasis or piece.strong]
    assert all((piece.emphasis, piece.strong) == (stars != 2, stars > 1) for piece in marked)
    assert [piece._replace(emphasis=False, strong=False) for piece in marked] == pieces(inside)


def test_what_does_not_close_stays_as_it_is() -> None:
    for text in ("*", "**bold", "`code", "$x", "a* b", "*a**"):
        assert "".join(piece.text for piece in pieces(text)) == text
        assert all(piece == Piece(piece.text) for piece in pieces(text))


def test_long_texts_take_no_long_time() -> None:
    for hostile in ["*", "*a ", "**a *b ", " a* ", "`", "`a", "*`", "***a ", r"\*", "*a* ", " ."]:
        typeset(hostile * (50_000 // len(hostile)))  # quadratic time would be minutes
