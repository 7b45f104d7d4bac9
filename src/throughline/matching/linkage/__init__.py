"""Which records are of one person: prepared, compared with a model that was trained without labels, and grouped."""
