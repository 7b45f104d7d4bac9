"""Tests of the flow from report to hit."""
