from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.plots.rails import DEEPEST, Rail, indents, rails

SIGN = "○"
ROOM = 1_000
DOWN = "│├┤┼" + SIGN
"""What leads down to the cell below it."""


def drawing(links: dict[str, tuple[str, ...]]) -> list[str]:
    return [f"{rail.before}{SIGN}{rail.after}".rstrip() for rail in rails(links, ROOM)]


def read(lines: list[str]) -> list[set[int]]:
    """Read a drawing as one sees it: for each line, which lines' signs lead to its sign."""

    def at(y: int, x: int) -> str:
        return lines[y][x] if y >= 0 and 0 <= x < len(lines[y]) else " "

    def origin(y: int, x: int) -> int:
        while at(y, x) != SIGN:
            assert at(y, x) in DOWN
            y -= 1
        return y

    found: list[set[int]] = []
    for y, line in enumerate(lines):
        x = line.index(SIGN)
        joints = [x] if at(y - 1, x) in DOWN else []
        for step in (-1, 1):
            near = x + step
            while at(y, near) in {"─", "│", "┼", "┴"} and at(y, x + step) == "─":
                joints += [near] if at(y, near) in {"┼", "┴"} else []
                near += step
            joints += [near] if at(y, near) in ({"├", "└"} if step < 0 else {"┤", "┘"}) else []
        found.append({origin(y - 1, joint) for joint in joints})
    return found


@st.composite
def graphs(draw: st.DrawFn, most: int = 14) -> dict[str, tuple[str, ...]]:
    """Graphs whose nodes come after those that lead to them."""
    count = draw(st.integers(0, most))
    return {
        str(n): tuple(map(str, sorted(draw(st.sets(st.integers(0, n - 1), max_size=3))))) if n else ()
        for n in range(count)
    }


def test_a_small_course() -> None:
    links = {
        "rate": (),
        "descent": (),
        "curvature": ("descent",),
        "flow": ("rate",),
        "edge": ("curvature", "flow"),
    }
    assert drawing(links) == ["○", "│ ○", "│ ○", "○ │", "└─○"]


def test_a_rail_that_is_passed_stays_whole() -> None:
    links = {"a": (), "b": (), "c": ("a",), "d": ("a", "b"), "e": ("a", "c"), "f": ("b", "d")}
    assert drawing(links) == ["○", "│ ○", "├─│─○", "├─┼─│─○", "└─│─○ │", "  └───○"]


def test_a_path_is_a_line_and_strangers_are_apart() -> None:
    assert drawing({"a": (), "b": ("a",), "c": ("b",)}) == ["○", "○", "○"]
    assert drawing({"a": (), "b": ()}) == ["○", "  ○"]
    assert rails({}, ROOM) == []
    assert rails({"a": ()}, ROOM) == [Rail("", "")]


@settings(max_examples=80)
@given(graphs())
def test_the_drawing_tells_the_graph(links: dict[str, tuple[str, ...]]) -> None:
    assert read(drawing(links)) == [set(map(int, others)) for others in links.values()]


@given(graphs())
def test_each_line_has_one_sign_and_all_are_of_one_width(links: dict[str, tuple[str, ...]]) -> None:
    found = rails(links, ROOM)
    assert len(found) == len(links)
    assert len({len(rail.before) + len(rail.after) for rail in found}) <= 1
    assert all(SIGN not in rail.before + rail.after for rail in found)


def test_two_hundred_nodes() -> None:
    many = {str(n): tuple({str(n // 2), str(n // 3), str(max(0, n - 7))} - {str(n)}) for n in range(200)}
    assert read(drawing(many)) == [set(map(int, others)) for others in many.values()]
    chain = {str(n): (str(n - 1),) * (n > 0) for n in range(200)}
    assert {len(line) for line in drawing(chain)} == {1}


@given(graphs())
def test_indents_point_right(links: dict[str, tuple[str, ...]]) -> None:
    depth = {node: len(rail.before) for node, rail in zip(links, indents(links), strict=True)}
    for node, others in links.items():
        assert all(depth[other] < depth[node] or depth[other] == 2 * DEEPEST for other in others)


def test_a_graph_that_is_too_wide_is_indented() -> None:
    links = {"a": (), "b": (), "c": ("a", "b")}
    assert rails(links, 3) == [Rail("", "  "), Rail("│ ", ""), Rail("└─", "")]
    assert rails(links, 2) == indents(links) == [Rail("", ""), Rail("", ""), Rail("  ", "")]
