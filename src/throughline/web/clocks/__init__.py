"""Pages of clocks: a wall of all that run, and a calendar of them."""
