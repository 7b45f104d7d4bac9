"""A link as its page shows it: in words, as a table and as a picture."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.queries import item_report
from throughline.matching.people.links import Judged, LinkPage, LinkRow, Pointed, Source, link_page
from throughline.matching.people.rules import Rule, identifier_rules
from throughline.matching.people.who import DIFFERENT, in_order
from throughline.matching.places.alike import PlaceAlike
from throughline.matching.places.pairs import verdicts_on
from throughline.selectors.registry import Selector
from throughline.web.links.picture import Picture, picture_of, signed
from throughline.web.links.words import PLACES, VERDICTS
from throughline.web.moves import Entry

SHOWN = 20
"""Of each person so many sources are named, the newest first."""


@dataclass(frozen=True, slots=True)
class PartShown:
    """One line of the table: what both say, how that is read, how rare it is, and its bits."""

    label: str
    one: str
    other: str
    words: str
    rarity: str
    bits: str


@dataclass(frozen=True, slots=True)
class SourceShown:
    """Where the reader may read of one of the two, with its page ('' if this reader has none)."""

    ref: str
    href: str
    body_name: str
    seen_on: date


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """What knowing one more thing of both would make of it."""

    label: str
    if_same: str
    if_different: str


@dataclass(frozen=True, slots=True)
class LinkShown:
    """Everything on the page of a link."""

    ref: str
    one: str
    other: str
    probability: str
    strength: str
    is_known: bool
    verdict: str
    may_be_child: bool
    made_at: datetime
    pointed: tuple[Pointed, ...]
    parts: tuple[PartShown, ...]
    picture: Picture | None
    changes: tuple[ChangeShown, ...]
    model: str
    sources: tuple[tuple[SourceShown, ...], ...]
    history: tuple[Entry, ...]
    group: tuple[str, ...]
    contradictions: tuple[tuple[str, str], ...]
    rules: tuple[Rule, ...]
    may_judge: bool


@dataclass(frozen=True, slots=True)
class LinkBeside:
    """A link as it stands beside a person: them, who they may also be ('' where that is hidden), and whom to ring."""

    ref: str
    one: str
    other: str
    standing: str
    pointed: tuple[Pointed, ...]


def links_shown(rows: Iterable[LinkRow], people: Iterable[Selector]) -> tuple[LinkBeside, ...]:
    """Links as they stand beside these people, each begun with the person who is looked at."""
    looked_at = {selector.shown for selector in people}
    turned = (
        (
            row,
            (row.other, row.one)
            if row.other in looked_at and row.one not in looked_at
            else (row.one, row.other),
        )
        for row in rows
    )
    return tuple(LinkBeside(row.ref, *ends, _standing(row), row.pointed) for row, ends in turned)


def _standing(row: LinkRow) -> str:
    """How a link stands in a few words."""
    if row.verdict:
        return f"{VERDICTS[row.verdict]}, {'by rule' if row.is_by_rule else 'your body says'}"
    return f"{strength(row)} link" + (
        f", {percent(row.probability)} likely" if row.probability is not None else ""
    )


@dataclass(frozen=True, slots=True)
class PlaceBeside:
    """An address that may be the same place, as it stands beside the one that is looked at.

    ``keys`` are sent to look at the two; ``verdict`` is what the reader's body says of them, '' for nothing.
    """

    keys: tuple[str, str]
    verdict: str
    one: str
    other: str
    likely: str
    sightings: int
    words: str


def places_shown(reader: Reader, found: Sequence[PlaceAlike]) -> tuple[PlaceBeside, ...]:
    """Addresses that may be the same place, each with how likely and why; none that the reader's body told apart."""
    said = verdicts_on(reader, [place.keys for place in found]) if found else {}
    stand = [(place, said.get(in_order(place.keys), "")) for place in found]
    return tuple(
        PlaceBeside(
            place.keys, PLACES.get(verdict, ""), place.one, place.other.shown, percent(place.probability),
            place.sightings, f"{', '.join(place.words).capitalize()}.",
        ) for place, verdict in stand if verdict != DIFFERENT
    )  # fmt: skip


def link_shown(reader: Reader, ref: str) -> LinkShown | None:
    """Open a link, journalled; None when the reader may not know of it."""
    found = link_page(reader, ref)
    if found is None:
        return None
    row = found.row
    is_known = row.probability is not None
    return LinkShown(
        ref=row.ref, one=row.one, other=row.other, probability=percent(row.probability or 0.0), is_known=is_known,
        strength=strength(row), verdict="" if row.is_by_rule else row.verdict, may_be_child=row.may_be_child,
        made_at=row.made_at, pointed=row.pointed, model=found.model,
        parts=tuple(PartShown(p.label, p.one, p.other, p.words, p.rarity, signed(p.bits) if p.is_said else "0")
                    for p in found.parts if p.one or p.other),
        picture=picture_of(found.start, found.parts, found.bits) if is_known else None,
        changes=_changes(found, percent(row.probability or 0.0)),
        sources=tuple(tuple(source_shown(reader, one) for one in each[:SHOWN]) for each in found.sources),
        history=history_shown(found.history, VERDICTS), group=found.group, contradictions=found.contradictions,
        rules=tuple(rule for rule in identifier_rules(reader) if rule.ref in found.rules) if found.rules else (),
        may_judge=is_known and reader.may(Permission.HIT_JUDGE),
    )  # fmt: skip


def _changes(found: LinkPage, now: str) -> tuple[ChangeShown, ...]:
    """What would make another figure of it; nothing where none of it would."""
    said = (ChangeShown(one.label, percent(one.if_same), percent(one.if_different)) for one in found.changes)
    return tuple(one for one in said if {one.if_same, one.if_different} != {now})


def strength(row: LinkRow) -> str:
    """How a link is proposed."""
    return "Strong" if row.is_strong else "Possible"


def percent(share: float) -> str:
    """A probability in words that do not pretend to be sure."""
    if share >= 0.999:  # noqa: PLR2004 what rounds to 100%
        return "more than 99.9%"
    return "less than 0.1%" if share < 0.001 else f"{share:.1%}"  # noqa: PLR2004 what rounds to 0%


def source_shown(reader: Reader, one: Source) -> SourceShown:
    """Where the reader may read of a value, with its page if they have one."""
    report = item_report(reader, one.ref) if one.source != "interest" else None
    return SourceShown(
        one.ref, reverse("report", args=[report]) if report else "", one.body_name, one.seen_on
    )


def history_shown(history: Sequence[Judged], words: Mapping[str, str]) -> tuple[Entry, ...]:
    """Judgements in these words, the newest first."""
    return tuple(
        Entry(f"{words[one.verdict]}, at {percent(one.probability)} by {one.model}", f"{one.by}, {one.body_name}",
              one.at, one.why)
        for one in reversed(history)
    )  # fmt: skip
