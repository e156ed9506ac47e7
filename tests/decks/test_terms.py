"""Whatever is typed is only words."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.decks.shelf import marked
from tutor.decks.terms import expression, other_endings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.decks.shelf import Shelf
    from tutor.decks.search import Search

SIGNS = st.text("abη∇{}()\"'*+-:^.,;\\ ANDORT\0\x1b\n\ud800²é—", max_size=12)


@pytest.fixture
def typed_at(shelf: Shelf) -> Iterator[Search]:
    with closing(shelf.search()) as search:
        yield search


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SIGNS | st.text(max_size=8), max_size=5), st.booleans())
def test_any_words_are_only_words(typed_at: Search, terms: list[str], prefix: bool) -> None:
    found = typed_at.find(terms, prefix=prefix, limit=100)
    assert typed_at.trouble == ""
    assert {f.card for f in found} <= {"step-size"}
    assert all(f.marks for f in found)
    assert bool(expression(terms, prefix=prefix)) or not found


@pytest.mark.parametrize(
    "term",
    [
        "rate OR second",
        "rate NOT large",
        "NEAR(rate large)",
        "title:knob",
        "{title}:knob",
        "ra*te",
        'fragile" OR "rate',
        "rate AND",
    ],
)
def test_no_syntax_of_fts5(shelf: Shelf, term: str) -> None:
    assert shelf.find(term) == []
    assert shelf.find("^rate*") == shelf.find("rate")


def test_very_much_to_look_for(typed_at: Search) -> None:
    assert typed_at.find(["a"] * 5000, limit=10)
    assert typed_at.find(["a" * 100_000], limit=10) == []
    assert typed_at.find(["rate " * 50_000], limit=10) == []


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("oscillates", "oscillation"),
        ("oscillations", "oscillate"),
        ("oscillating", "oscillates"),
        ("optimizer", "optimization"),
        ("converge", "convergence"),
        ("rates", "rate"),
        ("rate", "rates"),
        ("losses", "loss"),
        ("batch", "batches"),
        ("step", "stepped"),
        ("clipped", "clip"),
        ("theories", "theory"),
        ("slowly", "slow"),
    ],
)
def test_words_with_other_endings(shelf: Shelf, card: str, typed: str, written: str) -> None:
    shelf.put("step-size", card.replace("A second paragraph", f"An uphill {written} at first"))
    for terms in ((typed,), (typed, "uphill"), ("uphill", typed)):
        assert written in {word for found in shelf.find(*terms) for word in marked(found).split()}
    assert written not in {marked(found) for found in shelf.find(typed, prefix=False)}
    assert shelf.find(f"uphill {typed}", prefix=False) == []  # a phrase is what it is


def test_only_words_have_other_endings() -> None:
    for term in ("es", "the", "λ", "10s", "s-es", "λοι", "Größen"):
        assert other_endings(term) == []
