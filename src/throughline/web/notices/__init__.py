"""Notices: what a body has been told."""
