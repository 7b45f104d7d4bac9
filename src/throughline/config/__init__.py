"""Assembling the house: where its data lives, its database, its settings and its addresses."""
