"""Operations and intensification weeks: plans, returns, the board, and what is published."""
