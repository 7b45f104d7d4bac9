"""STIX 2.1: reports as its objects, and its objects as rows of a file of reports."""
