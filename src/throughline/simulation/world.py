"""The nation run day by day."""

from collections.abc import Iterator

from throughline.simulation.facts import Day, Truth


class World:
    """A nation of one scale, from one seed. `days()` is walked once; `people` etc. hold what is alive."""

    def __init__(self, scale: str, seed: int) -> None:
        self.scale, self.seed = scale, seed

    def days(self) -> Iterator[Day]:
        """Every day in order."""
        return iter(())

    def open_truth(self) -> tuple[Truth, ...]:
        """What never ended (lines, numbers, roles still open), after the last day."""
        return ()
