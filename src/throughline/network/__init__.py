"""Networks of people: who stands where in them, what holds them together, and how they change."""
