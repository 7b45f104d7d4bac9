"""Knows how long a record is kept, who may not lose it yet, and how all of it is disposed of."""
