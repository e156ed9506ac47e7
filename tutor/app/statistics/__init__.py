"""The statistics: figures, what they mean in a sentence each, and the screens that show them."""
