"""Oversight: measures that show whether the whole of it works, worked out from what is recorded."""
