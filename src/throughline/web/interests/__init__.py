"""Standing enquiries: the selectors of which a body wishes to hear, until a day."""
