"""How often a process that lives long looks for garbage."""

import gc

EVERY = 50_000
"""New things that stand before Python looks for circles among them; by itself it looks after 700."""


def collect_seldom() -> None:
    """Look seldom from now on.

    Whatever nothing holds goes at once as always; only things that hold each other in a circle wait. Looking took a
    quarter of the time in which people who arrive are weighed.
    """
    gc.set_threshold(EVERY, 20, 20)
