"""Signing in and out, and what a session remembers in between."""
