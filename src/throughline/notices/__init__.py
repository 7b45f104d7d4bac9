"""What a body is told: short, without content, and addressed."""
