from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk import RIGHT, WRONG, study
from tutor.decks.documents import Piece
from tutor.decks.search import Search
from tutor.decks.search_rows import Match
from tutor.errors import UsageError
from tutor.study import history
from tutor.study.finding import Finder, Found, as_json, excerpt, where
from tutor.study.overview import overview
from tutor.study.query import parse
from tutor.study.unclear import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.desk import Desk

Find = Callable[[str], list[Found]]


@pytest.fixture
def find(desk: Desk) -> Iterator[Find]:
    """Find in the decks, by how the learner stands now."""
    with closing(Search(str(desk.folder / "search.db"))) as search:

        def find(line: str) -> list[Found]:
            library, store = desk.library_again(), desk.store()
            search.update(library.summaries())
            finder = Finder(search, overview(library, store, desk.settings), store.holds(), store.unclear())
            return finder.find(parse(line))

        yield find


def cards(found: list[Found]) -> list[str]:
    return [entry.row.card.id for entry in found]


def questions(found: list[Found]) -> list[str]:
    return sorted(entry.match.question for entry in found if entry.match and entry.match.question)


def test_without_words_the_cards_by_deck(find: Find) -> None:
    found = find("")
    assert [(entry.deck, entry.row.card.id, entry.match) for entry in found] == [
        ("Hills", "slopes", None),
        ("Hills", "valleys", None),
        ("Seas", "waves", None),
    ]
    assert cards(find("deck:seas")) == cards(find("deck:SE")) == ["waves"]
    assert cards(find("deck:seas deck:hills")) == ["slopes", "valleys", "waves"]
    assert cards(find("deck:seas is:due")) == []
    assert len(find("topic:hills difficulty:beg")) == 3


def test_words_and_filters(find: Find) -> None:
    assert set(cards(find("uphill"))) == {"slopes", "valleys", "waves"}
    assert set(cards(find("uphill deck:seas"))) == {"waves"}
    title = find("card waves")[0]
    assert (title.row.card.id, title.standing) == ("waves", "new")
    assert title.match
    assert where(title.match) == "card"


def test_states(desk: Desk, find: Find) -> None:
    study(desk.session("hills"), RIGHT, WRONG)
    store = desk.store()
    history.suspend(store, "v1")
    history.bury(store, "w1")
    assert questions(find("ask is:learned")) == ["s1"]
    assert questions(find("ask is:due")) == ["s2"]
    assert questions(find("ask is:new")) == ["s3", "v2", "v3", "w2"]
    assert questions(find("ask is:suspended")) == ["v1"]
    assert questions(find("ask is:buried is:due")) == ["s2", "w1"]
    assert {entry.match.question: entry.standing for entry in find("ask") if entry.match} == {
        "s1": "learned",
        "s2": "due",
        **dict.fromkeys(("v1", "w1"), "held"),
        **dict.fromkeys(("s3", "v2", "v3", "w2"), "new"),
    }
    assert cards(find("is:suspended")) == ["valleys"]
    assert set(cards(find("uphill is:learned"))) == {"slopes"}
    desk.wait(days=1)
    assert questions(find("ask is:buried")) == []


def test_what_is_not_clear(desk: Desk, find: Find) -> None:
    study(desk.session("hills"), RIGHT)
    assert find("is:unclear") == []
    mark(desk.store(), desk.library().card("slopes"), 0)
    slopes = [question for question in ("s1", "s2", "s3") if question in desk.store().unclear()]
    assert questions(find("ask is:unclear")) == slopes != []
    assert cards(find("is:unclear")) == ["slopes"]


def test_begun_cards(desk: Desk, find: Find) -> None:
    desk.session("seas").read(1)
    assert cards(find("is:reading")) == ["waves"]


def test_a_value_that_there_is_not(find: Find) -> None:
    with pytest.raises(UsageError, match="unknown state 'duee': did you mean 'due'"):
        find("is:duee")
    with pytest.raises(UsageError, match="unknown deck 'seass': did you mean 'seas'"):
        find("word deck:seass")
    with pytest.raises(UsageError, match="no card has a tag; leave 'tag:x' out"):
        find("tag:x")


def test_tags(desk: Desk) -> None:
    library, store = desk.library(), desk.store()
    tagged = [
        card._replace(tags=["steep", "first"] if card.id == "slopes" else []) for card in library.summaries()
    ]
    library._index.cards[:] = tagged
    found = overview(library, store, desk.settings)
    with closing(Search(str(desk.folder / "search.db"))) as search:
        search.update(tagged)
        finder = Finder(search, found, {})
        assert finder.values["tag"] == ["first", "steep"]
        assert cards(finder.find(parse("tag:steep"))) == ["slopes"]
        assert [where(entry.match) for entry in finder.find(parse("steep")) if entry.match] == ["card"]


def test_what_has_left_the_decks_since_is_not_found(desk: Desk) -> None:
    library, store = desk.library(), desk.store()
    with closing(Search(str(desk.folder / "search.db"))) as search:
        search.update(library.summaries())
        desk.write("slopes", "s1")
        (desk.folder / "decks" / "seas" / "waves.md").unlink()
        library = desk.library()
        finder = Finder(search, overview(library, store, desk.settings), {})
        assert questions(finder.find(parse("ask"))) == ["s1", "v1", "v2", "v3"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text('asedwlopehil "NOT*()^', max_size=15),
    filters=st.sampled_from(["is:due", "is:new deck:seas", "topic:h"]),
)
def test_filters_only_take_away(find: Find, words: str, filters: str) -> None:
    def places(line: str) -> set[tuple[str, Match | None]]:
        return {(entry.row.card.id, entry.match) for entry in find(line)}

    assert places(f"{filters} {words}") <= places(words)


def a_match(text: str, *marks: tuple[int, int], what: Any = "paragraph") -> Match:
    return Match("c", None, 3, 1, Piece(what, 2, 7, text), marks)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("card", "card"),
        ("facts", "card"),
        ("paragraph", "¶ 3"),
        ("question", "question 3"),
        ("hint", "q3 hint 2"),
        ("option", "q3 option 2"),
    ],
)
def test_where_it_is(what: str, words: str) -> None:
    assert where(a_match("text", what=what)) == words


def test_an_excerpt_is_cut_at_words() -> None:
    text = "The quick brown fox jumps over the lazy dog and runs away from all of them at once."
    match = a_match(text, (40, 43), (71, 75))
    assert excerpt(match, 100) == (text, match.marks)
    assert excerpt(match, 30) == ("…the lazy dog and runs away f…", ((10, 13),))
    assert excerpt(a_match(text, (0, 3)), 12) == ("The quick b…", ((0, 3),))
    assert excerpt(a_match(text), 12) == ("The quick b…", ())


@given(st.text("ab ", min_size=1, max_size=80), st.integers(8, 60), st.data())
def test_an_excerpt_shows_what_was_found(text: str, width: int, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    cut, marks = excerpt(a_match(text, (begin, end)), width)
    assert len(cut) <= width
    ((from_, to),) = marks
    assert cut[from_:to]
    assert text[begin:end].startswith(cut[from_:to])


def test_json(find: Find) -> None:
    title = find("card waves")[0]
    assert as_json(title) == {
        "card": "waves",
        "title": "The card waves",
        "deck": "seas",
        "topic": "Hills",
        "difficulty": "Beginner",
        "tags": [],
        "state": "new",
        "path": title.row.card.path,
        "line": 3,
        "what": "card",
        "question": None,
        "paragraph": None,
        "text": "The card waves",
        "marks": [[4, 8], [9, 14]],
    }
    (row,) = find("deck:seas")
    assert (as_json(row)["line"], as_json(row)["text"], as_json(row)["marks"]) == (1, "The card waves", [])
