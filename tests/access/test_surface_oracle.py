"""Need-to-know on every surface: whoever may know finds it there, nobody else does, and no number tells of the rest.

40 generated markings cover every dimension of the rule: owner, released or not, classification, conditions, circulation
to everyone, to bodies, to people and to teams, compartment, silence. Under each stands something on every surface of
``surfaces.SURFACES``. Everyone in all nine roles of four bodies reads, and some of others; some are on the lists of
compartments or in teams, and two are cleared for less than any role. One case is a reader, a marking and a surface:
about 78,000 of them, all in queries that pages use, and beside them every number of ``surface_totals.TOTALS``.
"""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.access.surface_planting import plant
from tests.access.surface_rules import known
from tests.access.surface_totals import TOTALS, Total, notices_open
from tests.access.surface_world import SurfaceWorld, generate
from tests.access.surfaces import ALL, SURFACES, Asked, Surface, forget_pages
from tests.inside import dice_of
from tests.instance import Instance
from throughline.access.permissions import Role
from throughline.access.reader import NotAllowed, Reader
from throughline.web.desk.waiting import piles_of

SEED = 20261122


@pytest.fixture(scope="module")
def world(shared_house: Instance) -> Iterator[SurfaceWorld]:
    """The generated world, planted."""
    made = generate(SEED)
    plant(made, shared_house)
    yield made
    forget_pages()


def asked_by(world: SurfaceWorld, name: str, surface: Surface) -> Asked:
    """What one reader asks a surface for: everything, or one by one as many open plantings as shut ones."""
    if surface.deep == 0:
        return world.plantings
    dice, reader = dice_of(len(name)), world.readers[name]
    chosen = dice.sample(world.plantings, len(world.plantings))
    is_open = [p for p in chosen if known(world, reader, p)]
    is_shut = [p for p in chosen if p not in is_open]
    return [*is_open[: surface.deep // 2], *is_shut[: surface.deep - surface.deep // 2]]


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.name)
def test_it_shows_a_planting_exactly_where_the_oracle_does(world: SurfaceWorld, surface: Surface) -> None:
    opened = shut = 0
    for name, reader in world.readers.items():
        asked = asked_by(world, name, surface)
        expected, found = surface.expected(world, reader, asked), surface.found(world, reader, asked)
        assert found - expected == set(), f"{name} must not find these"
        assert expected - found == set(), f"{name} should find these"
        opened += len(expected)
        shut += len(asked) - len(expected)
    # A proof in which everything, or nothing, is open proves nothing.
    assert opened
    assert shut


@pytest.mark.parametrize("total", TOTALS, ids=lambda total: total.name)
def test_no_number_tells_of_a_row_that_is_hidden(world: SurfaceWorld, total: Total) -> None:
    given = set()
    for name, reader in world.readers.items():
        if total.needs and not reader.may(total.needs):
            with pytest.raises(NotAllowed):
                total.counts(world, reader)
            continue
        expected = total.expected(world, reader)
        assert total.counts(world, reader) == expected, name
        given.add(expected)
    assert len(given) > 1


PILES = {
    "hit to judge": "hits that wait",
    "hit overdue in your region": "escalations",
    "report to grade": "own reports received",
    "draft to finish": "drafts",
    "request for access": "requests to answer",
    "bid for tasking": "bids that wait",
    "notice to read": "unread notices",
    "proposed line": "proposed lines",
    "new result of your saved searches": "new results on the desk",
}
"""The piles of the desk, and the number that each shows."""


def test_the_piles_of_a_desk_are_those_numbers(world: SurfaceWorld) -> None:
    by_name, met = {total.name: total for total in TOTALS}, Counter[str]()
    for name, reader in world.readers.items():
        for pile in piles_of(reader):
            if pile.one in PILES:
                assert pile.count == by_name[PILES[pile.one]].expected(world, reader), (name, pile.one)
                met[pile.one] += 1
    assert met.keys() == PILES.keys()


def _cases(world: SurfaceWorld) -> Iterator[tuple[Reader, int, str]]:
    """Every case that the proof goes through: who reads, under which marking, on which surface."""
    for surface in SURFACES:
        for name, reader in world.readers.items():
            for p in asked_by(world, name, surface):
                yield reader, p.n, surface.name


def test_there_are_cases_for_every_role_marking_and_surface(world: SurfaceWorld) -> None:
    cases = list(_cases(world))
    assert len(cases) >= 50_000
    assert {role for reader, *_ in cases for role in reader.roles} == set(Role)
    assert {n for _, n, _ in cases} == set(range(len(world.plantings)))
    met = Counter(name for *_, name in cases)
    assert met.keys() == {surface.name for surface in SURFACES}
    assert len(met) == len(SURFACES)
    assert min(met.values()) >= 40
    assert max(notices_open(world, reader) for reader in world.readers.values()) < ALL


def test_the_markings_cover_every_dimension_of_the_rule(world: SurfaceWorld) -> None:
    terms = [p.terms for p in world.plantings]
    for label in ("released", "everyone", "silent"):
        assert {getattr(t, label) for t in terms} == {True, False}, label
    assert {t.classification for t in terms} == {0, 1}
    assert {t.conditions for t in terms} == {0, 1, 2, 4}
    assert {t.owner for t in terms} == {p.owner for p in world.plantings[:4]}
    assert len({t.compartment for t in terms}) == 3
    for label in ("bodies", "people", "teams"):
        alone = [
            t for t in terms
            if t.released and getattr(t, label) and not t.everyone
            and not any(getattr(t, other) for other in ("bodies", "people", "teams") if other != label)
        ]  # fmt: skip
        assert alone, f"a circulation to {label} alone"
