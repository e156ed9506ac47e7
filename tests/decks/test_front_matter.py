"""A card's front matter: its values, and what is wrong with them, whoever wrote it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.decks.told import PATH, Check, ProblemsOf, told
from tutor.decks.model import Approval, Block, Link
from tutor.decks.parse import parse


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("2026-06-01", datetime(2026, 6, 1, tzinfo=UTC)),
        ("2026-06-01 06:20", datetime(2026, 6, 1, 6, 20, tzinfo=UTC)),
        ('"2026-06-01T08:20:00+02:00"', datetime(2026, 6, 1, 6, 20, tzinfo=UTC)),
    ],
)
def test_times_are_in_utc(card: str, checker: Check, written: str, time: datetime) -> None:
    parsed = parse(card.replace("2026-06-01T06:20:00Z", written), PATH, checker)
    assert parsed.created == time
    assert parsed.created.utcoffset() == time.utcoffset()


def test_toml_and_yaml_escapes_cannot_smuggle_control_characters(card: str, checker: Check) -> None:
    spoilt = card.replace("rate = 0.1", '"na\\u0007me" = ["\\u001b[31mred", {x = "\\u202eabc"}]')
    spoilt = spoilt.replace('"Step size: a knob"', '"\\e[31mStep\\x07 \\u202Esize\\n\\n"')
    parsed = parse(spoilt, PATH, checker)
    assert parsed.title == "Step size"
    assert parsed.paragraphs[0].experiment == Block({"kind": "descent", "name": ["red", {"x": "abc"}]}, line=14)


# Each case spoils the good card: what is replaced, by what, and the problems' lines, as ``told`` takes them.
CASES = {
    "no front matter": (
        "---\nid: step-size\n",
        "id: step-size\n",
        [
            (
                "1: no front matter; "
                "begin with '---', the keys id, title, topic, difficulty, author, created and '---'"
            ),
            "8: a rule has no place in a lesson; write plain paragraphs and ```experiment blocks",
        ],
    ),
    "front matter without end": (
        "requires: [slopes]\n---\n",
        "requires: [slopes]\n",
        ["1: the front matter does not end; add a line '---' below its last key"],
    ),
    "a required key is missing": (
        "topic: Optimisation\n",
        "",
        ["1: the front matter has no topic; add a line 'topic: \"some topic\"'"],
    ),
    "an unknown key": (
        "topic: Optimisation\n",
        "topic: Optimisation\nrequire: [x]\n",
        [
            (
                "5: unknown key 'require': did you mean 'requires'? "
                "known are approvals, author, created, difficulty, id, related, requires, sources, "
                "tags, title, topic, videos; mend or remove it"
            )
        ],
    ),
    "a key twice": (
        "author: Ada\n",
        "author: Ada\nauthor: Bo\n",
        ["7: key 'author' is given twice; remove one of them"],
    ),
    "a number for a text": (
        "author: Ada",
        "author: 1815",
        ['6:9: author should be text; put it in quotes: "…"'],
    ),
    "a list for a text": (
        "author: Ada",
        "author: [Ada]",
        ['6:9: author should be text; put it in quotes: "…"'],
    ),
    "an empty text": ("author: Ada", "author:", ['6:8: author should be text; put it in quotes: "…"']),
    "a text for a list": (
        "[slopes]",
        "slopes",
        ['8:11: requires should be a list; write requires: ["…", "…"], or [] for none'],
    ),
    "a number in a list": (
        "[slopes]",
        "[slopes, 2]",
        ['8:20: an entry of requires should be text; put it in quotes: "…"'],
    ),
    "no time": (
        "2026-06-01T06:20:00Z",
        "yesterday",
        ["7:10: created is no date and time; write it as 2026-06-01T06:20:00Z"],
    ),
    "an impossible time": (
        "2026-06-01T06:20:00Z",
        "0001-01-01T00:00:00+14:00",
        ["7:10: created is no date and time; write it as 2026-06-01T06:20:00Z"],
    ),
    "a card id that is none": (
        "id: step-size",
        "id: Step Size",
        ["2:5: id 'Step Size' is no id; use lower-case letters and digits, with single hyphens between"],
    ),
    "broken YAML": (
        '"Step size: a knob"',
        "Step size: a knob",
        [
            (
                "3:17: broken YAML (mapping values are not allowed in this context); "
                "write 'key: value', and put a text that holds : # & or * in quotes"
            )
        ],
    ),
    "YAML anchors": (
        "[slopes]",
        "&a [*a]",
        [
            (
                "8:11: broken YAML (anchors are not allowed); "
                "write 'key: value', and put a text that holds : # & or * in quotes"
            )
        ],
    ),
    "YAML in documents": (
        "author: Ada",
        "author: Ada\n...\nauthor: Bo",
        [
            (
                "8:1: broken YAML (did not find expected <document start>); "
                "write 'key: value', and put a text that holds : # & or * in quotes"
            )
        ],
    ),
    "a text for a link": (
        "[slopes]",
        '[slopes]\nvideos: ["https://a.org"]',
        ['9:10: an entry of videos should have title and link; write { title: "…", link: "https://…" }'],
    ),
    "a link that runs a program": (
        "[slopes]",
        '[slopes]\nsources: [{ title: A, link: "javascript:alert(1)" }]',
        [
            (
                "9:29: 'link' in an entry of sources 'javascript:alert(1)' is no address of a page; "
                "write http:// or https://, a host and a path, in ASCII, at most 500 characters"
            )
        ],
    ),
    "a link without title": (
        "[slopes]",
        '[slopes]\nsources: [{ link: "https://a.org" }]',
        ['9:11: an entry of sources has no title; add title: "some title"'],
    ),
    "an approval without date": (
        "[slopes]",
        '[slopes]\napprovals: [{ by: ETH, on: soon, link: "https://a.org" }]',
        ["9:28: 'on' in an entry of approvals is no date; write it as 2026-06-01"],
    ),
    "something else in an approval": (
        "[slopes]",
        '[slopes]\napprovals: [{ by: ETH, on: 2026-06-01, link: "https://a.org", for: x, by: Bo }]',
        [
            "9:63: unknown key 'for': known are by, link, on; mend or remove it",
            "9:71: key 'by' is given twice; remove one of them",
        ],
    ),
    "front matter without keys": (
        "---\nid: step-size\n",
        "---\njust words\n---\n\nid: step-size\n",
        [
            "1: the front matter holds no keys; write one 'key: value' a line",
            "12: a rule has no place in a lesson; write plain paragraphs and ```experiment blocks",
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "lines"), CASES.values(), ids=CASES.keys())
def test_problems(card: str, problems_of: ProblemsOf, old: str, new: str, lines: list[str]) -> None:
    assert old in card
    assert problems_of(card.replace(old, new, 1)) == [told(line) for line in lines]


def test_long_front_matter_is_refused(card: str, problems_of: ProblemsOf) -> None:
    long = card.replace("author: Ada", f"author: {'A' * 20_000}")
    assert "the front matter is longer than 16384 characters; shorten it" in problems_of(long)[0]


LINKED = """\
tags: [knob, "step size"]
approvals:
  - by: ETH Zürich
    on: 2026-06-01
    link: https://ethz.ch/approved?card=1#top
sources: [{ title: "A \\e[31mpaper", link: "http://arxiv.org:80/abs/1" }]
videos: []
requires: ["""


def test_tags_approvals_and_links(card: str, checker: Check) -> None:
    parsed = parse(card.replace("requires: [", LINKED), PATH, checker)
    assert parsed.tags == ("knob", "step size")
    assert parsed.approvals == (
        Approval("ETH Zürich", date(2026, 6, 1), "https://ethz.ch/approved?card=1#top"),
    )
    assert parsed.sources == (Link("A paper", "http://arxiv.org:80/abs/1"),)
    assert (parsed.videos, parsed.requires) == ((), ("slopes",))


@pytest.mark.parametrize(
    "link",
    [
        "ftp://a.org",
        "file:///etc/passwd",
        "https://",
        "https:///a",
        "https://good.org@evil.org",
        "https://a.org/ b",
        "https://bücher.de",
        "HTTPS://a.org",
        "https://a.org:x",
        "https://a.org/" + "a" * 500,
    ],
)
def test_links_that_are_refused(card: str, problems_of: ProblemsOf, link: str) -> None:
    (problem,) = problems_of(card.replace("requires:", f'videos: [{{ title: A, link: "{link}" }}]\nrequires:'))
    assert "is no address of a page; write http:// or https://" in problem
    assert problem.isprintable()


@pytest.mark.parametrize(
    "value",
    [
        "[" * 8000,
        "[[[[[[[a]]]]]]]",
        "&a [*a]\nx: *a",
        "{a: " * 3000,
        "!!python/object/apply:os.system [ls]",
        '"\\UFFFFFFFF"',
        '"\\U00110000"',
        "!!int x",
        "? x",
        "'",
    ],
)
def test_hostile_yaml_is_a_problem(card: str, problems_of: ProblemsOf, value: str) -> None:
    problems = problems_of(card.replace("Ada", value))
    assert problems
    assert all(len(problem) < 500 and "\n" not in problem for problem in problems)
