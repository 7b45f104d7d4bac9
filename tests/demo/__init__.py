"""Tests of the demonstration: its story, its tour, and that nobody in it is real."""
