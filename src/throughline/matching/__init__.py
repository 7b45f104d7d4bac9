"""The same number, person, address or vehicle seen by two bodies: the index, the hits, and the check before acting."""
