"""The bench of the lab: up to four runs side by side, as plain values, with nothing of a screen."""
