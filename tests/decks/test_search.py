"""What is found in the decks, whatever is typed, and whatever happens to the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.decks import search as module
from tutor.decks import search_file
from tutor.decks.documents import documents, paragraph_line
from tutor.decks.index import CardSummary
from tutor.decks.load import load_card
from tutor.decks.search import Search
from tutor.decks.terms import expression, other_endings
from tutor.errors import SearchError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.decks.search_rows import Match


class Shelf:
    """A folder of cards, and the search's file beside it."""

    def __init__(self, folder: Path) -> None:
        self.decks = folder / "decks" / "knobs"
        self.decks.mkdir(parents=True)
        self.path = folder / "home" / "search.db"
        self.cards: dict[str, CardSummary] = {}

    def put(self, id_: str, text: str) -> Path:
        path = self.decks / f"{id_}.md"
        path.write_text(text, "utf-8")
        card = load_card(path, lambda *_: None)
        questions = [question.id for question in card.questions]
        self.cards[id_] = CardSummary(
            id_, "knobs", card.title, card.topic, card.difficulty, questions, [], str(path), ["tuned"]
        )
        return path

    def search(self) -> Search:
        search = Search(str(self.path))
        search.update(list(self.cards.values()))
        return search

    def find(self, *terms: str, prefix: bool = True) -> list[Match]:
        with closing(self.search()) as search:
            return search.find(terms, prefix=prefix, limit=100)


def marked(found: Match) -> str:
    return " ".join(found.piece.text[begin:end] for begin, end in found.marks)


@pytest.fixture
def shelf(tmp_path: Path, card: str) -> Shelf:
    shelf = Shelf(tmp_path)
    shelf.put("step-size", card)
    return shelf


def test_each_kind_of_place_has_its_line(shelf: Shelf) -> None:
    lines = Path(shelf.cards["step-size"].path).read_text("utf-8").split("\n")
    for term, what, written in [
        ("knob", "card", 'title: "Step size: a knob"'),
        ("Ada", "facts", 'title: "Step size: a knob"'),
        ("fragile", "paragraph", "The rate $\\eta$ scales"),
        ("second", "paragraph", "A second paragraph."),
        ("large", "question", "What does a large rate do?"),
        ("steep", "hint", "2. Think of a"),
        ("compare", "hint", "1. Compare."),
    ]:
        (found,) = shelf.find(term)
        assert (found.piece.what, marked(found).lower()) == (what, term.lower())
        assert lines[found.piece.line - 1] == written
    crawl = {found.question: lines[found.piece.line - 1] for found in shelf.find("crawl")}
    assert crawl == {"too-large": "- [ ] crawl", "too-small": "- [x] crawl"}


def test_a_title_comes_before_a_question_and_that_before_a_text(shelf: Shelf, card: str) -> None:
    shelf.put("b", card.replace("id: step-size", "id: b").replace("a knob", "an anvil").replace("{#", "{#b"))
    shelf.put("c", card.replace("id: step-size", "id: c").replace("a second", "a").replace("{#", "{#c"))
    text = card.replace("id: step-size", "id: d").replace("{#", "{#d")
    shelf.put("d", text.replace("large rate do?", "large anvil do?").replace("And a small", "An anvil"))
    text = card.replace("id: step-size", "id: e").replace("{#", "{#e")
    shelf.put("e", text.replace("A second paragraph", "A paragraph on the anvil, a heavy one at that"))
    found = shelf.find("anvil")
    assert [f.piece.what for f in found] == ["card", "question", "question", "paragraph"]


def test_words_of_the_title_and_of_the_text_together(shelf: Shelf) -> None:
    assert [f.piece.what for f in shelf.find("knob", "second")] == ["paragraph"]
    assert [f.piece.what for f in shelf.find("knob")] == ["card"]  # and not each of its paragraphs
    assert shelf.find("second", "steep") == []


def test_words_begun_phrases_letters_of_maths_and_accents(shelf: Shelf, card: str) -> None:
    for id_, text in [
        ("p", "The Poincaré map has $\\lambda_{\\max}$ and $\\nabla f$ at 10 %."),
        ("q", "A step-size of 0.1 and a size step."),
    ]:
        shelf.put(
            id_,
            card.replace("id: step-size", f"id: {id_}")
            .replace("{#", f"{{#{id_}")
            .replace("A second paragraph.", text),
        )

    def cards(*terms: str, prefix: bool = True) -> set[str]:
        return {f.card for f in shelf.find(*terms, prefix=prefix) if f.piece.what == "paragraph"}

    assert cards("poincare") == cards("POINC") == cards("lambda") == cards("λ") == cards("∇f") == {"p"}
    assert cards("\\lambda") == cards("$\\lambda$") == cards("nabla") == {"p"}
    assert cards("poinc", prefix=False) == cards("poinc", "map") == set()
    assert cards("step-size") == cards("size of 0.1") == {"q"}
    assert cards("eta") == cards("η") == cards("\\eta") == {"step-size", "p", "q"}
    assert cards("second") == {"step-size"}
    assert cards("s") == cards("se", prefix=False) == set()
    assert cards("se") == {"step-size"}


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


def test_nothing_is_given_away(shelf: Shelf) -> None:
    assert shelf.find("carries") == []  # an explanation
    path = Path(shelf.cards["step-size"].path)
    card = load_card(path, lambda *_: None)
    first = replace(card.questions[0], kind="recall")
    typed = replace(card, questions=(first, *card.questions[1:]))
    whats = [[piece.what for piece in each.pieces] for each in documents(typed, [], path.read_text("utf-8"))]
    assert whats[3:] == [["question", "hint", "hint"], ["question", "option", "option", "hint"]]


def test_the_line_of_a_paragraph(shelf: Shelf) -> None:
    path = Path(shelf.cards["step-size"].path)
    source = path.read_text("utf-8")
    card = load_card(path, lambda *_: None)
    lines = source.split("\n")
    assert lines[paragraph_line(card, 0, source) - 1] == "The rate $\\eta$ scales"
    assert lines[paragraph_line(card, 1, source) - 1] == "A second paragraph."
    assert 1 <= paragraph_line(card, 1, "another text") <= 4


def test_only_a_changed_card_is_read_again(shelf: Shelf, card: str, monkeypatch: pytest.MonkeyPatch) -> None:
    other = shelf.put("b", card.replace("id: step-size", "id: b").replace("{#", "{#b"))
    assert len(shelf.find("fragile")) == 2
    read: list[str] = []

    def load(path: Path, check: object) -> object:
        read.append(path.stem)
        return load_card(path, lambda *_: None)

    monkeypatch.setattr(module, "load_card", load)
    assert len(shelf.find("fragile")) == 2
    assert read == []
    shelf.put("b", other.read_text("utf-8").replace("fragile", "brittle"))
    assert [f.card for f in shelf.find("brittle")] == ["b"]
    assert [f.card for f in shelf.find("fragile")] == ["step-size"]
    assert read == ["b"]
    shelf.cards["b"] = shelf.cards["b"]._replace(tags=["new"])
    assert [f.card for f in shelf.find("new")] == ["b"]
    del shelf.cards["b"]
    assert shelf.find("brittle") == []
    assert read == ["b", "b"]


def test_a_card_that_is_broken_or_gone_is_not_found(shelf: Shelf, card: str) -> None:
    shelf.put("b", card.replace("id: step-size", "id: b").replace("{#", "{#b")).write_text("nonsense")
    shelf.put("c", card.replace("id: step-size", "id: c").replace("{#", "{#c")).unlink()
    assert {f.card for f in shelf.find("fragile")} == {"step-size"}


def test_the_cards_and_questions_to_look_in(shelf: Shelf, card: str) -> None:
    shelf.put("b", card.replace("id: step-size", "id: b").replace("{#", "{#b"))
    with closing(shelf.search()) as search:
        assert len(search.find(["rate"], limit=100)) == 4
        assert len(search.find(["rate"], limit=3)) == 3
        found = search.find(["rate"], cards=["b"], questions=["btoo-small"], limit=100)
        assert [(f.card, f.question) for f in found] == [("b", None)]
        assert search.find(["rate"], cards=[], limit=100) == []


# Whatever is typed

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


# Whatever happens to the file


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0" + b"\xff" * 5000, b""])
def test_a_file_that_is_none_is_made_anew(shelf: Shelf, content: bytes) -> None:
    shelf.path.parent.mkdir()
    shelf.path.write_bytes(content)
    assert len(shelf.find("fragile")) == 1
    assert [path.name for path in shelf.path.parent.iterdir()] == ["search.db"]


@pytest.mark.parametrize("mark", [0, search_file.APPLICATION_ID])
def test_another_programs_file_or_another_versions_is_made_anew(shelf: Shelf, mark: int) -> None:
    shelf.path.parent.mkdir()
    with closing(sqlite3.connect(shelf.path)) as db:
        db.execute("CREATE TABLE texts (poem TEXT)")
        db.execute(f"PRAGMA application_id = {mark}")
        db.execute("PRAGMA user_version = 7")
    with closing(shelf.search()) as search:
        assert len(search.find(["fragile"], limit=5)) == 1
        assert search.trouble == ""


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), length=st.integers(1, 3000), seed=st.integers(0, 99))
def test_a_damaged_file_leads_to_no_error(shelf: Shelf, place: float, length: int, seed: int) -> None:
    shelf.search().close()
    content = bytearray(shelf.path.read_bytes())
    position = int(place * len(content))
    content[position : position + length] = Random(seed).randbytes(min(length, len(content) - position))
    shelf.path.write_bytes(content)
    with closing(shelf.search()) as search:
        for term in ("fragile", "ra", "knob"):
            assert {found.card for found in search.find([term], limit=100)} <= {"step-size"}


def test_damage_that_shows_later(shelf: Shelf) -> None:
    with closing(shelf.search()) as search:
        assert search.find(["fragile"], limit=5)
        with closing(sqlite3.connect(shelf.path)) as db:
            db.execute("UPDATE places SET pieces = 'nothing'")
            db.commit()
        assert len(search.find(["fragile"], limit=5)) == 1
        assert search.trouble == ""


def test_a_file_that_cannot_be_made_is_done_without(shelf: Shelf) -> None:
    shelf.path.parent.write_text("a file where the data folder should be")
    with closing(shelf.search()) as search:
        assert len(search.find(["fragile"], limit=5)) == 1
        assert search.trouble.startswith(f"{shelf.path}: ")
        assert "searching does without it" in search.trouble
        assert "\n" not in search.trouble


def test_a_folder_in_its_place_is_done_without(shelf: Shelf) -> None:
    shelf.path.mkdir(parents=True)
    with closing(shelf.search()) as search:
        assert len(search.find(["fragile"], limit=5)) == 1
        assert "unable to open" in search.trouble


def test_a_file_in_use_is_done_without(shelf: Shelf, card: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_file, "BUSY_SECONDS", 0.05)
    shelf.search().close()
    with closing(sqlite3.connect(shelf.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with closing(shelf.search()) as search:
            assert len(search.find(["fragile"], limit=5)) == 1
            assert "locked" in search.trouble
        other.execute("ROLLBACK")
    with closing(shelf.search()) as search:
        assert search.trouble == ""


def test_a_read_only_file_is_read_and_otherwise_done_without(
    shelf: Shelf, card: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.search().close()
    connect = sqlite3.connect

    def read_only(path: str, **settings: object) -> sqlite3.Connection:
        name, uri = (path, False) if path == ":memory:" else (f"file:{path}?mode=ro", True)
        return connect(name, uri=uri, isolation_level=None, check_same_thread=False)

    monkeypatch.setattr(sqlite3, "connect", read_only)
    with closing(shelf.search()) as search:
        assert len(search.find(["fragile"], limit=5)) == 1
        assert search.trouble == ""
    shelf.put("b", card.replace("id: step-size", "id: b").replace("{#", "{#b"))
    with closing(shelf.search()) as search:
        assert len(search.find(["fragile"], limit=5)) == 2
        assert "readonly" in search.trouble


def test_two_searches_at_a_time(shelf: Shelf, card: str) -> None:
    with closing(shelf.search()) as one, closing(shelf.search()) as other:
        shelf.put("b", card.replace("id: step-size", "id: b").replace("{#", "{#b"))
        one.update(list(shelf.cards.values()))
        other.update(list(shelf.cards.values()))
        assert len(one.find(["fragile"], limit=5)) == len(other.find(["fragile"], limit=5)) == 2
        assert one.trouble == other.trouble == ""


def test_without_fts5(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_file, "_SCHEMA", search_file._SCHEMA.replace("fts5", "fts99"))
    search = Search(str(shelf.path))
    with closing(search), pytest.raises(SearchError, match="searching needs SQLite with FTS5, which"):
        search.update(list(shelf.cards.values()))


def test_once_closed_nothing_is_found(shelf: Shelf) -> None:
    search = shelf.search()
    search.close()
    assert search.find(["fragile"], limit=5) == []
    search.update(list(shelf.cards.values()))
    search.close()


def test_progress_is_told(shelf: Shelf, card: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 1)
    shelf.put("b", card.replace("id: step-size", "id: b").replace("{#", "{#b"))
    told: list[tuple[int, int]] = []
    with closing(Search(str(shelf.path))) as search:
        search.update(list(shelf.cards.values()), lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
