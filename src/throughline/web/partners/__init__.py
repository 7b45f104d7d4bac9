"""Pages of partner agencies: the desk that discloses to them, and what they themselves see."""
