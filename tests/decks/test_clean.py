from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.decks.clean import clean, one_line, shorten

ALARMING = st.text(
    st.sampled_from("\x1b[]0;31m?hlH\x07\\\x9b\x9d\x9c\x90P\r\n\t\0ab \u202e\u2028\ud800\ufeff\u200fη")
)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain η ≤ 1\n\ttabbed", "plain η ≤ 1\n\ttabbed"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b1;31mred", "red"),
        ("a\x1b]0;title\x07b\x1b]8;;http://x\x1b\\c", "abc"),
        ("a\x1bP1$r\x1b\\b\x1b_x\x9cc", "abc"),
        ("a\x1bcb\x1b(Bc", "abc"),
        ("unterminated \x1b]0;title\nnext line", "unterminated 0;title\nnext line"),
        ("\x1b", ""),
        ("a\rb\r\nc", "a\nb\nc"),
        ("a\0b\x07c\x7fd\x85e", "abcde"),
        ("user\u202egnp.exe\u202c \u2066x\u2069 \u200f", "usergnp.exe x "),
        ("a\u2028b\ufeffc\ud800d", "abcd"),
        ("👩‍🔬 é", "👩‍🔬 é"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(ALARMING | st.text())
def test_nothing_dangerous_is_left_and_lines_stay(text: str) -> None:
    cleaned = clean(text)
    assert not any(
        unicodedata.category(character) in {"Cc", "Cs"} for character in cleaned if character not in "\n\t"
    )
    assert not any(
        unicodedata.bidirectional(character) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        for character in cleaned
    )
    assert cleaned.count("\n") == text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert clean(cleaned) == cleaned


def test_long_hostile_text_takes_no_long_time() -> None:
    for hostile in ["\x9d", "\x1b]", "\x1b[0", "\x1b[", "\x1b ", "\r", "\x1bP0"]:
        clean(hostile * (1_000_000 // len(hostile)))  # quadratic time would be minutes


def test_one_line_and_shorten() -> None:
    assert one_line("  a\n\n b\t\x1b[1mc ") == "a b c"
    assert shorten("a" * 60) == "a" * 60
    assert shorten("a" * 61) == "a" * 59 + "…"
