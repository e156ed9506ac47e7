"""When a rate will do (Nocedal & Wright, chapter 3.1): conditions on a probe, given the line's line.origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.optim.linesearch.search import Line, Probe


def sufficient(line: Line, probe: Probe, c: float) -> bool:
    """Armijo's condition: f(x + αp) ≤ f(x) + c·α·gᵀp."""
    return probe.value <= line.origin.value + c * probe.rate * line.origin.slope


def far_enough(line: Line, probe: Probe, c: float) -> bool:
    """Goldstein's other condition: f(x + αp) ≥ f(x) + (1 − c)·α·gᵀp."""
    return probe.value >= line.origin.value + (1.0 - c) * probe.rate * line.origin.slope


def flattened(line: Line, probe: Probe, c: float) -> bool:
    """The curvature condition: φ'(α) ≥ c·φ'(0)."""
    return probe.slope >= c * line.origin.slope


def levelled(line: Line, probe: Probe, c: float) -> bool:
    """The strong curvature condition: |φ'(α)| ≤ c·|φ'(0)|."""
    return abs(probe.slope) <= -c * line.origin.slope
