"""Template words of the town and its partner."""
