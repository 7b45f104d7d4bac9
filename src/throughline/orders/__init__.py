"""Court orders: what the law asks of each kind, an order's life from its draft to its end, and its clocks."""
