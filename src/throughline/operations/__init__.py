"""Operations and intensification weeks: who does what on which day, what each body returned, and what it came to."""
