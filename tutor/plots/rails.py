"""A graph without circles as rails: a line for each node, below all those that lead to it.

A node that leads to others has a rail of its own, from its line down to the last of them. ``├``, ``┼``, ``┴``
and their like join a rail to the node of their line; a rail that a line only passes stays whole, as ``─│─``::

    ●
    │ ●
    ├─┼─○
    │ │ └─○
    ○ │
      ○
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

_JOINTS = {  # by whether the rail goes on, and whether the line goes on to its left and to its right
    (True, False, True): "├",
    (True, True, False): "┤",
    (True, True, True): "┼",
    (False, False, True): "└",
    (False, True, False): "┘",
    (False, True, True): "┴",
}


DEEPEST = 6
"""The most steps that a node is indented by."""


class Rail(NamedTuple):
    """A line of the drawing, as what stands before and after the node's sign."""

    before: str
    after: str


def rails(links: Mapping[str, Collection[str]], most: int) -> list[Rail]:
    """Draw a graph, of which ``links`` tells for each node, in order, which nodes before it lead to it.

    All lines are of one width: two cells a rail, less one. A sign that stands right below a rail, or below
    another sign, is joined to it. If that takes more than ``most`` cells, it is drawn by indents.
    """
    lines: list[_Line] = []
    for line in _lines(links):  # in a large graph, most of the work is in the rails that nobody wants to see
        if line.width > most:
            return indents(links)
        lines.append(line)
    return _drawn(lines)


def indents(links: Mapping[str, Collection[str]]) -> list[Rail]:
    """Draw the graph by indents alone: a node stands further right than all those that lead to it.

    That takes no more than `DEEPEST` steps to the right; nodes further down stand there too.
    """
    depths: dict[str, int] = {}
    for node, others in links.items():
        depths[node] = min(DEEPEST, max((depths[other] + 1 for other in others), default=0))
    return [Rail("  " * depth, "") for depth in depths.values()]


class _Line(NamedTuple):
    """The lane of a node, and the signs in the other cells of its line, two cells a lane."""

    lane: int
    signs: dict[int, str]

    @property
    def width(self) -> int:
        return max([2 * self.lane, *self.signs]) + 1


def _lines(links: Mapping[str, Collection[str]]) -> Iterator[_Line]:
    """Lay the nodes out, one after another."""
    lasts = {other: place for place, others in enumerate(links.values()) for other in others}
    lane_of: dict[str, int] = {}
    busy: set[int] = set()
    """The lanes in which a rail goes on."""
    above = -1
    """The lane of the sign above."""
    for place, (node, others) in enumerate(links.items()):
        joined = sorted(lane_of[other] for other in others)
        ending = [lane_of[other] for other in others if lasts[other] == place]
        lane = max(ending) if ending else _free(busy, above, joined)
        busy.difference_update(ending)
        yield _Line(lane, _signs(lane, joined, busy))
        lane_of[node], above = lane, lane
        if node in lasts:
            busy.add(lane)


def _free(busy: set[int], above: int, joined: list[int]) -> int:
    """Choose the free lane that is nearest to the last rail to join; of two, the one to its right."""
    near = joined[-1] if joined else 0
    free = (lane for lane in range(max([*busy, near]) + 3) if lane not in busy and lane != above)
    return min(free, key=lambda lane: (abs(lane - near), -lane))


def _signs(lane: int, joined: list[int], busy: set[int]) -> dict[int, str]:
    """Return the signs of a line by their cells, but for the node's own."""
    first, last = min([lane, *joined]), max([lane, *joined])
    cells = dict.fromkeys(range(2 * first, 2 * last), "─")
    cells |= {2 * passed: "│" for passed in busy}
    cells |= {
        2 * joint: _JOINTS[joint in busy, joint > first, joint < last] for joint in joined if joint != lane
    }
    return {cell: sign for cell, sign in cells.items() if cell != 2 * lane}


def _drawn(lines: Sequence[_Line]) -> list[Rail]:
    width = max((line.width for line in lines), default=0)
    rows = ("".join(line.signs.get(cell, " ") for cell in range(width)) for line in lines)
    return [Rail(row[: 2 * line.lane], row[2 * line.lane + 1 :]) for row, line in zip(rows, lines, strict=True)]
