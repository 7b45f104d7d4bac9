"""Asking another body for what it holds, and saying who can see a record and why."""
