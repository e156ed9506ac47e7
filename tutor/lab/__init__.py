"""Experiments: what a card's text shows and what settles a question, as figures and words, not drawn."""
