"""The nation run day by day: in what order things happen, and what is told of each day."""

from collections.abc import Iterator
from datetime import timedelta

from throughline.simulation import harm, succession, trade
from throughline.simulation.assumed import ASSUMED, Assumed
from throughline.simulation.calls_of_day import Exchange
from throughline.simulation.facts import Day, Truth
from throughline.simulation.nation import Nation, Outcomes
from throughline.simulation.planned import police_of
from throughline.simulation.policies import AS_NOW, Policy
from throughline.simulation.returns import return_weeks
from throughline.simulation.scales import Scale
from throughline.simulation.sightings import Witnesses

_RECOVERY = 0.06


class World:
    """A nation of one scale, from one seed. Its days are walked once; only what is alive is kept.

    Without `calls` no call data are made, and without `told` neither people nor sightings: the lines and what
    policing does to them are the same. Without `seen` no sightings are made.
    """

    def __init__(
        self,
        scale: Scale,
        seed: int,
        *,
        policy: Policy = AS_NOW,
        calls: bool = True,
        told: bool = True,
        seen: bool = True,
        assumed: Assumed = ASSUMED,
    ) -> None:
        self.nation = Nation(scale, seed, policy, told=told, assumed=assumed)
        self.police = police_of(self.nation)
        self.harm = harm.Harm(self.nation, self.police)
        self.witnesses = Witnesses(self.nation) if told and seen else None
        self.exchange = Exchange(self.nation) if calls else None

    @property
    def outcomes(self) -> Outcomes:
        """What the run has come to so far."""
        return self.nation.outcomes

    def days(self) -> Iterator[Day]:
        """Every day in order; the first also tells of those who were there before it."""
        nation = self.nation
        nation.begin(nation.scale.first)
        trade.open_first_lines(nation)
        told_before = nation.truth
        for number in range(nation.scale.days):
            nation.begin(nation.scale.first + timedelta(days=number))
            if number == 0:
                nation.truth = told_before
            yield self._one_day()

    def open_truth(self) -> tuple[Truth, ...]:
        """What never ended (lines, numbers, parts still open), after the last day."""
        self.nation.truth = []
        trade.tell_the_rest(self.nation)
        return tuple(self.nation.truth)

    def _one_day(self) -> Day:
        nation = self.nation
        self._trade()
        seen = self.police.see()
        if self.witnesses:
            self.witnesses.report(seen)
        self._police()
        succession.count_silence(nation)
        blocks = self.exchange.day() if self.exchange else ()
        for line, kept in succession.take_up_numbers(nation):
            if self.exchange:
                self.exchange.customers.lose(line, kept)
        self._count()
        return_weeks(nation)
        nation.events.sort(key=lambda event: event.at)
        return Day(nation.today, tuple(nation.events), tuple(nation.truth), blocks)

    def _trade(self) -> None:
        nation = self.nation
        nation.fleet.pass_a_day(_RECOVERY)
        trade.open_lines(nation)
        trade.recruit(nation)
        trade.change_by_rhythm(nation)
        trade.give_up_lines(nation)
        self.harm.miss()
        self.harm.hurt()

    def _police(self) -> None:
        self.police.arrest_in_the_street()
        self.police.operate()
        self.police.orders.comply()
        self.harm.find()
        self.harm.help()

    def _count(self) -> None:
        nation, outcomes = self.nation, self.outcomes
        outcomes.harm_days += float(nation.fleet.selling().sum())
        outcomes.child_days += int(nation.fleet.children.sum())
        outcomes.line_days += int(nation.fleet.alive.sum())
