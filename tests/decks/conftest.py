"""A small card that is right in every way, for the tests to spoil."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.decks.shelf import Shelf
from tutor.decks.model import DeckFileError
from tutor.decks.parse import parse
from tutor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CARD = """\
---
id: step-size
title: "Step size: a knob"
topic: Optimisation
difficulty: Beginner
author: Ada
created: 2026-06-01T06:20:00Z
requires: [slopes]
---

The rate $\\eta$ scales
the step. It is fragile .

```experiment
kind = "descent"
rate = 0.1
```

A second paragraph.

## Tasks

### Question 1 {#too-large}

What does a large rate do?

- [ ] crawl

  That is a tiny one.

- [x] bounce

  The step carries past the floor.

1. Read the first paragraph.
2. Think of a
   steep wall.

> It is fragile .

```experiment
kind = "descent"
rate = 1.0
```

### Question 2 {#too-small .choice}

And a small one?

- [x] crawl

  Short steps.

- [ ] bounce

  Long steps do.

1. Compare.

> scales the step.
"""


KNOWN = {"experiment": "descent", "predict": "verdict"}


def check(fence: str, settings: Mapping[str, object]) -> None:
    """Stand in for the lab: refuse all but one kind in each fence."""
    if settings.get("kind") != KNOWN[fence]:
        raise UsageError(f"unknown kind '{settings.get('kind')}': known are {KNOWN[fence]}")


@pytest.fixture
def card() -> str:
    return CARD


@pytest.fixture
def checker() -> Callable[[str, Mapping[str, object]], None]:
    return check


@pytest.fixture
def problems_of() -> Callable[[str], list[str]]:
    """The problems of a card's text, one line each; none if it is right."""

    def problems_of(source: str) -> list[str]:
        try:
            parse(source, Path("knobs/step-size.md"), check)
        except DeckFileError as error:
            return str(error).split("\n")
        return []

    return problems_of


@pytest.fixture
def shelf(tmp_path: Path, card: str) -> Shelf:
    shelf = Shelf(tmp_path)
    shelf.put("step-size", card)
    return shelf
