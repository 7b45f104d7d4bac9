"""Pages of this desk."""
