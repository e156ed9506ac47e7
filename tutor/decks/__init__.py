"""Decks: folders of Markdown files, read as data and never executed."""
