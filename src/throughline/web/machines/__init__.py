"""Doors for machines, as people read of them."""
