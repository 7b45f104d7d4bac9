"""Throughline: one national system against county lines."""
