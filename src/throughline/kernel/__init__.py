"""What every floor stands on: the clock, references, the outbox, workflows and explanations."""
