"""What is found in the decks, and when a card is read again."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.decks.shelf import Shelf, marked, named
from tutor.decks import search as module
from tutor.decks.documents import documents, paragraph_line
from tutor.decks.load import load_card
from tutor.decks.search import Search

if TYPE_CHECKING:
    import pytest


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
    shelf.put("b", named(card, "b").replace("a knob", "an anvil"))
    shelf.put("c", named(card, "c").replace("a second", "a"))
    text = named(card, "d")
    shelf.put("d", text.replace("large rate do?", "large anvil do?").replace("And a small", "An anvil"))
    text = named(card, "e")
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
        shelf.put(id_, named(card, id_).replace("A second paragraph.", text))

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
    other = shelf.put("b", named(card, "b"))
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
    shelf.put("b", named(card, "b")).write_text("nonsense")
    shelf.put("c", named(card, "c")).unlink()
    assert {f.card for f in shelf.find("fragile")} == {"step-size"}


def test_the_cards_and_questions_to_look_in(shelf: Shelf, card: str) -> None:
    shelf.put("b", named(card, "b"))
    with closing(shelf.search()) as search:
        assert len(search.find(["rate"], limit=100)) == 4
        assert len(search.find(["rate"], limit=3)) == 3
        found = search.find(["rate"], cards=["b"], questions=["btoo-small"], limit=100)
        assert [(f.card, f.question) for f in found] == [("b", None)]
        assert search.find(["rate"], cards=[], limit=100) == []


def test_once_closed_nothing_is_found(shelf: Shelf) -> None:
    search = shelf.search()
    search.close()
    assert search.find(["fragile"], limit=5) == []
    search.update(list(shelf.cards.values()))
    search.close()


def test_progress_is_told(shelf: Shelf, card: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 1)
    shelf.put("b", named(card, "b"))
    told: list[tuple[int, int]] = []
    with closing(Search(str(shelf.path))) as search:
        search.update(list(shelf.cards.values()), lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
