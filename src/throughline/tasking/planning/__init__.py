"""One ranked plan within the days that bodies have: chosen by points of harm, with reasons and a proven bound."""
