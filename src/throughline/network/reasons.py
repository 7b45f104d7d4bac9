"""Why somebody ranks where they do, and what it means for protecting and for pursuing, in words."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from throughline.network.attributes import Protected, protected, stated_rank


@dataclass(frozen=True, slots=True)
class Advice:
    """What follows for somebody's protection and for an inquiry into them ('' where nothing does)."""

    protect: str
    pursue: str


SENTENCES = {
    "degree": "Tied to {count} others",
    "strength": "Ties with a weight of {number} in all",
    "betweenness": "On {percent} of the shortest ways between others",
    "brokerage": "Stands between others who are not tied to each other: {percent} free of constraint",
    "group_brokerage": "{count} times the only step between two who are not tied, within or between groups",
    "network_capital": "{percent} of the network's resources are theirs or reach others over their ties",
    "disruption": "Without them the network would lose {percent} of its efficiency",
}
"""What each measure says of a person; measures that are told and not scored have no sentence."""
BY_CENTRE = "Position says who matters to the network, and is no evidence of an offence."


def reasons_for(
    measures: Mapping[str, float], points: Mapping[str, float], attributes: Mapping[str, str]
) -> list[str]:
    """What the source states, and a sentence for each measure that gives points, the weightiest first."""
    order = sorted((name for name in points if points[name] > 0), key=lambda name: (-points[name], name))
    return [
        *_stated(attributes),
        *(f"{_said(name, measures[name])} ({points[name]:.1f} points)." for name in order),
    ]


def _said(name: str, value: float) -> str:
    return SENTENCES[name].format(
        count=f"{value:,.0f}", number=f"{value:,.4g}", percent=f"{100 * value:.3g}%"
    ).replace("to 1 others", "to 1 other").replace("1 times the", "once the")  # fmt: skip


def _stated(attributes: Mapping[str, str]) -> Iterator[str]:
    rank = stated_rank(attributes)
    if rank:
        yield f"Their {rank[0]} is stated as {rank[1]:g}, where 1 is the highest."


def advice_for(roles: Collection[str], attributes: Mapping[str, str], points: Mapping[str, float]) -> Advice:
    """What follows from a place in the network. A child or a victim is somebody to protect, and never a target."""
    why = protected(roles, attributes)
    return Advice(_protect(why, roles), "") if why else Advice("", _pursue(points))


def _protect(why: Protected, roles: Collection[str]) -> str:
    if why.is_child:
        said = (
            "A child. Being central makes the harm to them greater and their leaving more dangerous. Refer to "
            "children's social care today, and to the National Referral Mechanism as a first responder (Modern "
            "Slavery Act 2015, section 52)."
        )
    else:
        said = (
            "Known as a victim. Safeguard first: consider the National Referral Mechanism, with their consent if "
            "they are an adult."
        )
    also = sorted(role for role in roles if "suspect" in role.casefold() or "offender" in role.casefold())
    if also:
        said += (
            f" Also named as {' and '.join(also)}: look whether the offence follows from exploitation "
            "(Modern Slavery Act 2015, section 45) before any other step."
        )
    return said


_PURSUIT = {
    "disruption": "The network would fall apart most without them. Prepare for who takes over, and watch for it after.",
    "betweenness": "What passes between others passes here: a place for developing intelligence before any arrest.",
    "brokerage": "Joins people who know each other through nobody else. Cutting here parts them.",
    "group_brokerage": "Joins groups. Look at both sides before acting on one.",
    "network_capital": "Brings skills, standing or means that others lean on. Look at money and assets.",
    "degree": "The most visible, and often the first to be arrested and replaced. Look at who stands behind them.",
    "strength": "In touch often with few. Look at whom they work for.",
}


def _pursue(points: Mapping[str, float]) -> str:
    scored = [name for name in _PURSUIT if points.get(name, 0) > 0]
    if not scored:
        return ""
    best = max(scored, key=lambda name: points[name])
    return f"{_PURSUIT[best]} {BY_CENTRE}"
