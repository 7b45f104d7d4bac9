"""Pages of safeguarding: concerns and their clocks, the steps that are taken, and what the law asks."""
