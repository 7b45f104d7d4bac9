"""A person's own account: the second factor and who stands in for them."""
