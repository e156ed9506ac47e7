"""How the learner remembers, in numbers: all of it computed from the log, on arrays."""
