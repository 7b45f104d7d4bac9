"""Planned events of police bodies, and the warning that another body plans something near in space and time."""
