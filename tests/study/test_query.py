from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.study.query import FILTERS, Query, choices, fitting, parse, written

VALUES = {
    "topic": ["Machine learning", "Maths"],
    "difficulty": ["Advanced", "Beginner"],
    "tag": ["rate"],
    "is": ["due", "new"],
    "deck": ["hills", "hills-two"],
}


@pytest.mark.parametrize(
    ("line", "query"),
    [
        ("", Query()),
        ("  step   size ", Query(("step", "size"))),
        ('"step size" η', Query(("step size", "η"))),
        ('η "step size"', Query(("η", "step size"), prefix=False)),
        ('"step si', Query(("step si",))),
        ('"" " "', Query((" ",), prefix=False)),
        ("is:due", Query(filters=(("is", "due"),))),
        (
            'IS:due topic:"Machine learning" step',
            Query(("step",), filters=(("is", "due"), ("topic", "Machine learning"))),
        ),
        ('topic:"Mach', Query(filters=(("topic", "Mach"),))),
        ("is: topic:", Query()),
        ("this:due xis:due :", Query(("this:due", "xis:due", ":"))),
        ("is:due is:new", Query(filters=(("is", "due"), ("is", "new")))),
    ],
)
def test_a_line(line: str, query: Query) -> None:
    assert parse(line) == query


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("", []),
        ("step ", []),
        ("step", []),
        ("to", ["topic:"]),
        ("step d", ["step difficulty:", "step deck:"]),
        ("is:", ["is:due ", "is:new "]),
        ("step IS:D", ["step is:due "]),
        ("is:due ", []),
        ("is:x", []),
        ("topic:mach", ['topic:"Machine learning" ']),
        ('topic:"machine l', ['topic:"Machine learning" ']),
        ("topic:ma", ['topic:"Machine learning" ', "topic:Maths "]),
        ("deck:hills", ["deck:hills "]),
    ],
)
def test_how_a_line_may_go_on(line: str, lines: list[str]) -> None:
    assert [choice.line for choice in choices(line, VALUES)] == lines


@given(st.text('abis:topic" \\\n\0é', max_size=30) | st.text(max_size=20))
def test_any_line_makes_sense(line: str) -> None:
    query = parse(line)
    assert all(query.terms)
    assert all(name in FILTERS and value for name, value in query.filters)
    for choice in choices(line, VALUES):
        assert len(parse(choice.line).filters) >= len(query.filters)


@given(
    st.sampled_from(FILTERS),
    st.text(st.characters(exclude_characters='"\n\t\r', categories=["L", "N", "Zs"]), min_size=1),
)
def test_a_filter_as_it_is_typed(name: str, value: str) -> None:
    value = " ".join(value.split()) or "a"
    assert parse(written(name, value)).filters == ((name, value),)
    assert fitting(value, [value, f"{value} and more"]) == [value]
