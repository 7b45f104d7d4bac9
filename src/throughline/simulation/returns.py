"""What each body counts up on a Sunday: the return of its week."""

from throughline.simulation.facts import WeekReturn
from throughline.simulation.nation import Nation

_SUNDAY, _EVENING = 6, 20 * 3600


def return_weeks(nation: Nation) -> None:
    """On a Sunday every body that did anything returns its week; the counts begin again."""
    if nation.today.weekday() != _SUNDAY:
        return
    for body in sorted(nation.tallies):
        counts = nation.tallies[body]
        nation.note(
            WeekReturn(
                nation.at(_EVENING), body, nation.is_intensive, counts["arrests"], counts["lines_closed"],
                counts["cuckooed_visited"], counts["adults_safeguarded"], counts["children_safeguarded"],
                counts["referred"], counts["firearms"], counts["blades"], counts["other_weapons"], counts["cash"],
            )
        )  # fmt: skip
    nation.tallies.clear()
