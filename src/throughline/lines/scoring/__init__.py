"""How much of a threat a county line is, by a declared scheme: a pure function of evidence and a day."""
