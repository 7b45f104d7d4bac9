"""Loading a file: choosing it, saying what its columns hold, trying and loading it, and mending what is refused."""
