"""The Textual front end: it shows what a study session says, and passes on the keys."""
