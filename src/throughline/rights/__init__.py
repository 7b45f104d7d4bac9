"""Rights and disclosure: what is held on one person, gathered for a request of theirs or for a case."""
