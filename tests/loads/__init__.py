"""Loads: what a column holds, what a code means, and a file that is kept only while it is read."""
