"""Predictions: questions that are drawn afresh each time, and answered by a run of the optimizer core."""
