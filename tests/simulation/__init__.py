"""The synthetic nation: its people, its errors, its files, and that the same seed gives the same bytes."""
