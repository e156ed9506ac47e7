"""The routine: what comes next, hints, grading, rating, undo. It has no screen and no SQL."""
