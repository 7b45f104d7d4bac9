"""What call data says of a number, for the person who asks it with a reason."""
