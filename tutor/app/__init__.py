"""The Textual front end: it shows what a study session says, and passes on the keys."""

import os

os.environ.setdefault("TEXTUAL_FPS", "120")
"""How soon after a change Textual paints it: at its own 60 a key press waits for up to 17 ms."""
