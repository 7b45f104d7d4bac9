"""What stands in the database after the load, in the terms of the calculation."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from tests.instance import Instance
from tests.real_data.calculation import Answer, Thing
from tests.real_data.report_file import Named
from throughline.selectors.registry import parse

Key = tuple[str, str]

_REPORTS = "select b.code, count(*) from intelligence_report r join organisations_body b on b.id = r.owner group by 1"
_SIGHTINGS = """
select b.code, r.origin_ref, s.kind, s.key from selectors_sighting s
  join organisations_body b on b.id = s.owner join intelligence_item i on i.ref = s.source_ref
  join intelligence_report r on r.id = i.report_id and r.owner = s.owner
"""
_HOLDINGS = """
select b.code, h.kind, h.key, h.times from matching_holding h join organisations_body b on b.id = h.body
"""
_HITS = """
select h.kind, h.key, a.code, b.code from matching_hit h
  join organisations_body a on a.id = h.body_a join organisations_body b on b.id = h.body_b
"""


def keys_of(answer: Answer, named: Mapping[str, Callable[[str], Named]]) -> dict[Thing, Key]:
    """Each thing of the calculation under the kind and key that the door gives it; no two may share one."""
    things = {thing for _, _, thing in answer.sightings}
    keys = {}
    for sort, value in things:
        name = named[sort](value)
        selector = parse(name.value, name.kind)
        keys[sort, value] = (selector.kind, selector.key)
    assert len(set(keys.values())) == len(things), "the door made two things of the raw data into one"
    return keys


def assert_as_calculated(
    instance: Instance, answer: Answer, forces: Sequence[str], keys: Mapping[Thing, Key]
) -> None:
    """Reports, sightings, the index and hits are those of the calculation: none too few, none too many."""
    with instance.as_owner() as owner:
        reports = Counter(dict(owner.execute(_REPORTS).fetchall()))
        sightings = Counter(owner.execute(_SIGHTINGS).fetchall())
        holdings = {row[:3]: row[3] for row in owner.execute(_HOLDINGS).fetchall()}
        hits = Counter((kind, key, frozenset((a, b))) for kind, key, a, b in owner.execute(_HITS).fetchall())
    assert reports == {forces[share]: count for share, count in answer.reports.items()}
    expected: Counter[tuple[str, str, str, str]] = Counter()
    held: Counter[tuple[str, str, str]] = Counter()
    for (share, report, thing), times in answer.sightings.items():
        expected[forces[share], report, *keys[thing]] += times
        held[forces[share], *keys[thing]] += times
    assert sightings == expected
    assert holdings == held
    assert hits == Counter((*keys[thing], frozenset((forces[a], forces[b]))) for thing, a, b in answer.hits)
