"""What a selector is, how each kind is written one way, and where each has been seen."""
