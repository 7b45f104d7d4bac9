"""A synthetic nation: invented lines, people and police, run day by day, and the truth about all of them."""
