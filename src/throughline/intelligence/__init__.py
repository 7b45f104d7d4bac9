"""Intelligence: reports, the separately graded items in them, and how they arrive."""
