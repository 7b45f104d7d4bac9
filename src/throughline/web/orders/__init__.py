"""Pages of court orders: the list, one order with its clocks, the forms of its steps, and questions about it."""
