"""Decks that come and go: found in a folder or an archive, put among the learner's own, and removed."""
