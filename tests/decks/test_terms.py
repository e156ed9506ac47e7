"""Whatever is typed is only words."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.decks.terms import expression

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
