"""Interests: the selectors of which a body wishes to hear."""
