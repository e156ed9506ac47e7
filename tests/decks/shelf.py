"""Cards to search."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from tutor.decks.index import CardSummary
from tutor.decks.load import load_card
from tutor.decks.search import Search

if TYPE_CHECKING:
    from pathlib import Path

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


def named(card: str, id_: str) -> str:
    """The good card under another id, its questions too."""
    return card.replace("id: step-size", f"id: {id_}").replace("{#", f"{{#{id_}")


def marked(found: Match) -> str:
    """What is marked of what was found."""
    return " ".join(found.piece.text[begin:end] for begin, end in found.marks)
