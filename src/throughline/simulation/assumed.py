"""What the model assumes where nothing is published: in one place, so that a conclusion can be tried without each."""

from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True, slots=True)
class Assumed:
    """Settings that no source gives. Each may be changed to see whether a conclusion stands without it."""

    seen_at_hub: float = 0.035
    """Reports a day that name a line where it is run from, whose force may not know that it leaves the area."""
    half_sure: float = 1.8
    """The reports known to a body with which it finds the holder every second time that it can reach them."""
    elsewhere: float = 0.25
    """How a force weighs the harm that its own line does elsewhere, when its own area comes first."""
    reach_alone: float = 0.4
    """How often a force can get at a holder who is in another force's area, and nobody there is asked."""
    acted_on: float = 1.0
    """How far a force that is asked by national tasking acts on it: 1 as a rule, 0 never."""
    drawn_by_demand: float = 1.5
    """How strongly customers left without a line draw new lines in; 0 would be not at all."""
    displaced: float = 0.2
    """How often a raid moves a line to another town, instead of lowering its trade."""
    heir: float = 0.22
    """How often an elder takes a line on when its holder is arrested."""


ASSUMED: Final = Assumed()
DIFFERENTLY: Final = {
    "the exporting force sees a line half as often": replace(ASSUMED, seen_at_hub=ASSUMED.seen_at_hub / 2),
    "the exporting force sees a line three times as often": replace(
        ASSUMED, seen_at_hub=ASSUMED.seen_at_hub * 3
    ),
    "half the evidence finds a holder": replace(ASSUMED, half_sure=ASSUMED.half_sure / 2),
    "a holder takes twice the evidence": replace(ASSUMED, half_sure=ASSUMED.half_sure * 2),
    "harm elsewhere counts three quarters": replace(ASSUMED, elsewhere=ASSUMED.elsewhere * 3),
    "a force alone reaches holders elsewhere nearly as often": replace(
        ASSUMED, reach_alone=ASSUMED.reach_alone * 1.75
    ),
    "a force that is asked acts half as often": replace(ASSUMED, acted_on=ASSUMED.acted_on / 2),
    "a force that is asked never acts: only its own targets change": replace(ASSUMED, acted_on=0.0),
    "no new line is drawn in by demand": replace(ASSUMED, drawn_by_demand=0.0),
    "new lines are drawn in twice as strongly": replace(ASSUMED, drawn_by_demand=ASSUMED.drawn_by_demand * 2),
    "every second raid moves a line": replace(ASSUMED, displaced=ASSUMED.displaced * 2.5),
    "an heir takes on every second line": replace(ASSUMED, heir=ASSUMED.heir * 2.25),
}
"""Each assumption made otherwise, alone, by the words that say how."""
