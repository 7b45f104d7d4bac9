"""People: who is in the reader's body, and which roles each holds."""
