"""The commands as people and scripts meet them: what they say, what they give, and how they end."""
