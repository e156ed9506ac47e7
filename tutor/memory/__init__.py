"""What the learner remembers: the log of reviews, the states folded from it, and what comes due when."""
