"""What sightings of a line's numbers say of where it probably comes from and sells, where no evidence says it."""

from dataclasses import dataclass

from throughline.access.reader import Reader
from throughline.lines.attribution import Likely
from throughline.lines.known import of
from throughline.lines.probable_areas import probable_areas
from throughline.lines.queries import LinePage
from throughline.organisations.queries import body_cards
from throughline.web.words import plural


@dataclass(frozen=True, slots=True)
class ProbableShown:
    """A sentence on each side that no evidence names yet, '' where there is nothing to say."""

    comes_from: str
    sells_in: str


def probable_shown(reader: Reader, line: LinePage) -> ProbableShown | None:
    """What may be said, to be confirmed by a person; None where evidence names both sides, or for a past day."""
    starts, ends = of(line.known.facts, "exports from"), of(line.known.facts, "imports to")
    if line.known_on or (starts and ends):
        return None
    numbers = [fact.value for fact in of(line.known.facts, "number") if fact.kind == "phone"]
    found = probable_areas(reader, numbers) if numbers else None
    if found is None:
        return None
    names = {card.code: card.name for card in body_cards().values()}
    come, sells = found.comes_from, found.sells_in[:3]
    return ProbableShown(
        _from(come, names) if come and not starts else "",
        "; ".join(f"{names[one.area]}, {plural(one.votes, 'report')}" for one in sells) if not ends else "",
    )


def _from(likely: Likely, names: dict[str, str]) -> str:
    return (
        f"{names[likely.area]}: of those seen with its numbers away from home, "
        f"{likely.votes} of {likely.of} live there"
    )
