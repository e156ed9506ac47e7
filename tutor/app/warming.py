"""What is slow to import, and needed soon after the first screen."""

from __future__ import annotations


def import_slow_parts() -> None:
    """Import what cards and their figures need."""
    import tutor.decks.load
    import tutor.decks.maths
    import tutor.lab.experiments
    import tutor.plots.draw  # noqa: F401
