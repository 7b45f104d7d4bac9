"""Pages of review, holds, disposal and certificates."""
