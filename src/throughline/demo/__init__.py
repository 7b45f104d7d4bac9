"""A small hand-written story of six bodies, for whoever wants to see Throughline at work."""
