"""What is wrong in decks, and what would make them better: `tutor deck lint`."""

from tutor.decks.lint.finding import Finding
from tutor.decks.lint.ids import write_ids
from tutor.decks.lint.run import examine, lint

__all__ = ["Finding", "examine", "lint", "write_ids"]
