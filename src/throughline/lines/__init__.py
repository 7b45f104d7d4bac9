"""The national register of county lines: what is known of each, on which evidence, and where it stands in its life."""
