"""County lines: the list, the page of one, adding evidence, closing, and looking back."""
