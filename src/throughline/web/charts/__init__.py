"""Link charts: the list, one as a picture and as a table with all that can be done to it, and its files."""
