"""Tasking: bids for work on a line, decided by people, offered to a body, with a clock on every hand-off."""
