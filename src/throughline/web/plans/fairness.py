"""How a plan falls on the regions: lines worked of those known, officer-days, and points beside the region's floor."""

from dataclasses import dataclass

from throughline.tasking.plan_queries import KeptPlan


@dataclass(frozen=True, slots=True)
class RegionShown:
    """One region; ``floor`` is '' where the reader may not know every line of the plan."""

    region: str
    lines: str
    days: str
    gain: str
    floor: str
    is_short: bool


def regions_of(plan: KeptPlan) -> tuple[RegionShown, ...]:
    """Each region whose lines the plan looks at, by name."""
    floors = {one.region: one for one in plan.floors}
    found = []
    for region in sorted({line.region for line in plan.lines if line.region}):
        lines = [line for line in plan.lines if line.region == region]
        worked = [line for line in lines if line.is_in]
        gain, floor = sum(line.gain for line in worked), floors.get(region)
        found.append(
            RegionShown(
                region, f"{len(worked):,} of {len(lines):,}", f"{sum(line.officer_days for line in worked):,.0f}",
                f"{gain:,.0f}", f"{floor.floor:,.0f}" if floor else "", floor is not None and gain < floor.floor,
            )
        )  # fmt: skip
    return tuple(found)
