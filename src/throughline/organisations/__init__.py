"""The bodies that work against county lines: dated, with regions, levels, desks and successors."""
