"""The pages about Throughline itself: help and accessibility."""
