"""Killing every process at any moment: nothing acknowledged is lost, nothing is done twice."""
