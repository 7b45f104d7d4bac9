"""Planned events: what the reader's body plans, and the desks to ring where another plans something near."""
