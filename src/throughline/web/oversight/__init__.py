"""Pages of oversight: the indicators, each with its definition, its pictures and the tables that say the same."""
