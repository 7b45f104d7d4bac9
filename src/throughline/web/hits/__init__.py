"""Hits: what two bodies both hold, and what each makes of it."""
