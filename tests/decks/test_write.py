"""A card written reads back as the card: of any content, and of the decks that there are."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.decks.any_card import PATH, cards
from tutor.decks.load import load_card
from tutor.decks.parse import parse
from tutor.decks.write import write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tutor.decks.model import Card

BUNDLED = sorted((Path(__file__).parents[2] / "decks").glob("*/*.md"))


def nothing(fence: str, settings: Mapping[str, object]) -> None:
    """Every experiment can run."""


def placeless(value: Any) -> Any:
    """A card or a part of one, without the lines on which its parts stand."""
    if isinstance(value, tuple):
        return tuple(map(placeless, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {each.name: placeless(getattr(value, each.name)) for each in fields(value) if each.name != "line"}
    return replace(value, **changes, **({"line": 1} if hasattr(value, "line") else {}))


def read_back(card: Card) -> Card:
    return parse(write(card), card.path, nothing)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(cards())
def test_any_card_reads_back(card: Card) -> None:
    assert placeless(read_back(card)) == placeless(card)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(cards())
def test_what_is_written_is_written_again(card: Card) -> None:
    assert write(parse(write(card), PATH, nothing)) == write(card)


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_the_cards_of_the_bundled_decks(path: Path) -> None:
    card = load_card(path, nothing)
    assert placeless(read_back(card)) == placeless(card)


def test_what_is_written_looks_like_what_authors_write(
    card: str, checker: Callable[[str, Mapping[str, object]], None]
) -> None:
    written = write(parse(card, PATH, checker))
    body = card.partition("---\n\n")[2].replace("scales\nthe", "scales the").replace("a\n   steep", "a steep")
    assert written.partition("---\n\n")[2] == body.replace(" .choice}", "}")
