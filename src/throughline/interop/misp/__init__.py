"""MISP: reports as its events, and its events as rows of a file of reports."""
