"""Custody and pre-charge bail: arrests on a line, what was decided on release, and every bail period with its end."""
