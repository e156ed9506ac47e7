"""The bundled deck: its cards, its questions, and their experiments."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.decks.load import load_card
from tutor.lab.experiments import instant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.decks.model import Block, Card, Question
    from tutor.lab.outcome import Experiment

DECK = Path(__file__).parents[2] / "decks" / "optimization"


@cache
def path() -> list[str]:
    """Read the names of the deck's cards, in the order of its path."""
    names = tomllib.loads((DECK / "deck.toml").read_text("utf-8"))["cards"]
    assert isinstance(names, list)
    return names


@cache
def cards() -> Mapping[str, Card]:
    """Read the cards of the deck, by id and in that order; whether their experiments run is not looked at."""
    files = (DECK / f"{name}.md" for name in path())
    found = (
        load_card(file, lambda *_: None) for file in files if file.is_file()
    )  # test_deck misses the others
    return {card.id: card for card in found}


@cache
def questions() -> Mapping[str, Question]:
    """Give the questions of all cards, by id."""
    return {question.id: question for card in cards().values() for question in card.questions}


def shown(card: str, paragraph: int) -> Experiment:
    """Make the experiment below a paragraph of a card; paragraphs count from 1, as on the screen."""
    return _made(cards()[card].paragraphs[paragraph - 1].experiment)


def asked(question: str) -> Experiment:
    """Make the experiment of a question."""
    return _made(questions()[question].experiment)


def _made(block: Block | None) -> Experiment:
    assert block, "there is no experiment here"
    return instant(block.settings)


def fates(made: Experiment, *rates: float) -> list[str]:
    """Give the first word of the verdict at each rate, or at the experiment's own one."""
    return [made.outcome(rate).verdict.split()[0].strip(":;,.") for rate in rates or (made.rate,)]
