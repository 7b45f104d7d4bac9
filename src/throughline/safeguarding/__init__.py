"""Safeguarding: concerns about children and adults from the first word to the outcome, their duties and clocks."""
