"""Excel workbooks read row by row in bounded memory: no more than what a file of reports needs (decision 16)."""
