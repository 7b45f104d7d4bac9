"""Search: one box over reports, selectors, people, interests and hits, and the searches that people keep."""
