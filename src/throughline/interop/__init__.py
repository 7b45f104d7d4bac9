"""Doors for machines: what programs of bodies may ask for and send, under the same lock as people."""
