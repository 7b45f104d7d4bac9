"""Pages of proposed links between people: the list, one link explained, and judging it."""
