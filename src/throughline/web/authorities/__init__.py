"""Authorities for call data: the list, one with all that is held under it, recording, keeping and ending one."""
