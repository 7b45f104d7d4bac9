"""The facts that call data announces."""

from dataclasses import dataclass

from throughline.kernel.outbox import Fact


@dataclass(frozen=True, slots=True)
class AuthorityLapses(Fact):
    """The day after the last on which the calls of an authority may be kept; announced ahead, as a clock."""

    authority: int


@dataclass(frozen=True, slots=True)
class AuthorityEnded(Fact):
    """The calls of an authority are gone; what rests on them, and the files that were still to be loaded, go too."""

    authority: int


@dataclass(frozen=True, slots=True)
class CallsArrived(Fact):
    """Calls were loaded under an authority by a person: watches look again, and lines look for silence and for life."""

    authority: int
    person: int


@dataclass(frozen=True, slots=True)
class WatchKept(Fact):
    """Somebody wishes to hear who takes over from a number; what is there already is searched at once."""

    watch: int
