"""Matching for bodies that may not send clear text: keyed encodings, made at their side and compared here."""
