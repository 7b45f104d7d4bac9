"""Pages of data quality: the figures by body and by rule, and the list of what to mend."""
