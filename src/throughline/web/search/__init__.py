"""Search: one box over everything that the reader may know, and the searches that they keep."""
