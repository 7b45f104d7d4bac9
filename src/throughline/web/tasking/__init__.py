"""Bids for tasking: asking for work on a line, deciding on it, and what came of it."""
