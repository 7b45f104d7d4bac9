"""The schedule of what is held on a person, for a request of theirs or for a case."""
