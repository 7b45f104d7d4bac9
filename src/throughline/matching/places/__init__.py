"""Addresses that may be one place: weighed as people are, by a model of their own."""
