"""A terminal tutor: cards whose claims are experiments, with spaced repetition."""

__version__ = "0.1.0"
