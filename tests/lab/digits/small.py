"""Problems that train within a few milliseconds, and one that takes long."""

from __future__ import annotations

from tutor.lab.digits.problem import Problem

SMALL = Problem(examples=200, depth=1, width=8, epochs=2)
ENDLESS = Problem(examples=1000, steps=100_000, every=100_000)
