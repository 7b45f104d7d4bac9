"""The own phones of those who hold lines: they ring runners, friends and family, and nobody buys on them."""

from typing import Final

import numpy as np

from throughline.simulation import numbers
from throughline.simulation.call_blocks import Columns, Ints
from throughline.simulation.clock_of_day import times_of_day
from throughline.simulation.dice import dice
from throughline.simulation.facts import CALL, TEXT
from throughline.simulation.lines import LiveLine
from throughline.simulation.nation import Nation

_ASKED_FOR: Final = 0.4
"""For how many lines a body also has the data of the holder's own phone."""
_CALLS_A_DAY, _OF_THE_LINE, _COMES_IN, _TEXTS, _SECONDS, _SPREAD = 18.0, 0.45, 0.5, 0.4, 50.0, 0.8
_FRIENDS, _FIRST_FRIEND, _FRIENDS_OF_EACH, _UNEVEN = 25, 12_000_000, 10, 1.8
_FIRST_HANDSET, _FIRST_SIM, _CELLS, _CELLS_OF_A_TOWN = 930_000_000, 9_300_000_000, 8, 97


class OwnPhones:
    """The calls of some holders' own phones, under the body that has the data of their line."""

    def __init__(self, nation: Nation) -> None:
        self.nation = nation

    def today(self, lines: list[LiveLine], bodies: list[str]) -> list[Columns]:
        """The calls of today, of lines under their bodies."""
        seed, thrown = self.nation.seed, self.nation.stream("own phones")
        held = [
            (line, body)
            for line, body in zip(lines, bodies, strict=True)
            if dice(seed, "own phone", line.id).random() < _ASKED_FOR
        ]
        if not held:
            return []
        people = np.array([line.holder.person for line, _ in held], np.int64)
        which = np.repeat(np.arange(len(held)), thrown.poisson(_CALLS_A_DAY, len(held)))
        subject = numbers.telephones("person", people, seed)[which]
        other = np.where(
            thrown.random(len(which)) < _OF_THE_LINE,
            self._of_the_line([line for line, _ in held], which, thrown), self._friend(people, which, thrown),
        )  # fmt: skip
        incoming = thrown.random(len(which)) < _COMES_IN
        texts = thrown.random(len(which)) < _TEXTS
        seconds = (1 + _SECONDS * np.exp(_SPREAD * thrown.standard_normal(len(which)))).astype(np.int64)
        cell = np.array([line.hub.index * 100 for line, _ in held])[which]
        step = (thrown.random(len(which)) ** 3 * _CELLS).astype(np.int64)
        return [Columns(
            np.array([self.nation.body_index[body] for _, body in held])[which], times_of_day(thrown, len(which)),
            np.where(incoming, other, subject), np.where(incoming, subject, other), np.where(texts, 0, seconds),
            np.where(texts, TEXT, CALL), cell + (people[which] * 13 + step) % _CELLS_OF_A_TOWN,
            np.array([int(numbers.imei(_FIRST_HANDSET + int(one))) for one in people])[which],
            np.array([int(numbers.imsi(_FIRST_SIM + int(one))) for one in people])[which], subject,
            np.zeros(len(which), np.int64),
        )]  # fmt: skip

    def _of_the_line(self, lines: list[LiveLine], which: Ints, thrown: np.random.Generator) -> Ints:
        """The own number of another of the line's people for each row; the line's number where there is nobody."""
        others = [[one.person for one in line.members if one is not line.holder] for line in lines]
        sizes = np.array([len(one) for one in others], np.int64)
        first = np.cumsum(sizes) - sizes
        every = np.fromiter((nth for one in others for nth in one), np.int64, int(sizes.sum()))
        number = np.append(numbers.telephones("person", every, self.nation.seed), 0)
        place = np.minimum(
            first[which] + (sizes[which] * thrown.random(len(which))).astype(np.int64), len(every)
        )
        line = np.array([one.phone.number for one in lines])
        return np.where(sizes[which] > 0, number[place], line[which])

    def _friend(self, people: Ints, which: Ints, thrown: np.random.Generator) -> Ints:
        rank = (thrown.random(len(which)) ** _UNEVEN * _FRIENDS).astype(np.int64)
        # Friends of one are friends of some others too.
        friend = _FIRST_FRIEND + people[which] * _FRIENDS_OF_EACH + rank
        return numbers.telephones("customer", friend, self.nation.seed)
