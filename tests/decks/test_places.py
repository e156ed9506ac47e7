"""Where in its file a text of a card stands."""

from __future__ import annotations

from tutor.decks.places import Places

SOURCE = """\
---
title: "8 steps"
requires:
  - slopes
---

It is 8.

- [ ] 8

- [x] 80 steps
  in all

1. Few are 8.
> 80 steps
"""


def test_a_text_is_found_by_its_first_line_and_not_by_how_it_begins() -> None:
    places = Places(SOURCE)
    assert places.lesson == 6
    assert places.of("It is 8.", places.lesson) == (7, 1)
    assert places.of("8", 7) == (9, 7)
    assert places.of("80 steps in all", 7) == (11, 7)
    assert places.of("Few are 8.\n\nSo it is.", 7) == (14, 4)
    assert places.of("80 steps", 12) == (15, 3)
    assert places.of("nowhere", 7) == (7, 1)


def test_a_key_is_found_in_the_front_matter() -> None:
    assert [Places(SOURCE).of_key(key) for key in ("title", "requires", "related")] == [2, 3, 1]
    assert Places("no front matter").lesson == 2
