"""Rights and disclosure: what is held on one person, and a request for it from the day it came to its answer."""
