"""The lab: a bench of runs to turn by hand."""
