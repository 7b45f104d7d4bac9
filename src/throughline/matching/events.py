"""The facts that matching announces."""

from dataclasses import dataclass

from throughline.kernel.outbox import Fact


@dataclass(frozen=True, slots=True)
class HitsRaised(Fact):
    """New hits stand between bodies; both sides are told next."""

    hits: list[int]


@dataclass(frozen=True, slots=True)
class AnswersDue(Fact):
    """The moment has come by which hits were to be answered; announced ahead, as a clock."""

    at: str


@dataclass(frozen=True, slots=True)
class SecondLookAsked(Fact):
    """Somebody asks a second person of their body to look before hits are dismissed; the body is told next."""

    batch: str


@dataclass(frozen=True, slots=True)
class NoteWritten(Fact):
    """Somebody wrote on a hit; the other body is told next, if it may read it."""

    note: int


@dataclass(frozen=True, slots=True)
class EnquiryMade(Fact):
    """Somebody checked a selector; its holders are told next."""

    enquiry: int


@dataclass(frozen=True, slots=True)
class BulkAsked(Fact):
    """A list waits to be looked up, from where it stands."""

    bulk: int
    person: int


@dataclass(frozen=True, slots=True)
class BulkAnswered(Fact):
    """Every value of a list was looked up; those who hold some of them are told next."""

    bulk: str
    person: int


@dataclass(frozen=True, slots=True)
class LinksProposed(Fact):
    """Strong links stand between people of two bodies; both sides are told next."""

    links: list[int]


@dataclass(frozen=True, slots=True)
class LinkJudged(Fact):
    """Somebody judged a link; the other bodies that may know of the judgement are told next."""

    judgement: int


@dataclass(frozen=True, slots=True)
class PlaceJudged(Fact):
    """Somebody judged two addresses; the other bodies that may know of the judgement are told next."""

    judgement: int


@dataclass(frozen=True, slots=True)
class BlindLoaded(Fact):
    """A body loaded encodings of its records; they are matched with those of others next."""

    body: int
