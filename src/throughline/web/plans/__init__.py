"""The pages of officer-days and of plans."""
