"""Reports: grading, files and records."""
