"""Networks: the list, one network with its key people, what changed in it, and its chart."""
