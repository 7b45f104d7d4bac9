"""Sightings and interests: what a body keeps an eye on, and who may know of it."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.inside import inside, someone
from tests.instance import Instance
from throughline.access.reader import NotAllowed, reading
from throughline.kernel import outbox
from throughline.kernel.models import FactRow
from throughline.kernel.workflow import MoveRefused
from throughline.selectors.models import Interest, Sighting
from throughline.selectors.queries import kept_interests
from throughline.selectors.registry import parse
from throughline.selectors.services import InterestProblem, end_interest, keep_interest

NUMBER = parse("phone:07700900123")


@pytest.fixture
def lived_in(instance: Instance, django_db_blocker: DjangoDbBlocker) -> Iterator[Instance]:
    """An instance of this test's own, with this process inside it."""
    with inside(instance, django_db_blocker) as entered:
        yield entered


@pytest.mark.parametrize("silent", [True, False])
def test_an_interest_is_a_sighting_that_opens_to_its_own_body_alone(
    lived_in: Instance, *, silent: bool
) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    ref = keep_interest(by=aisha, selector=NUMBER, why=" an operation ", silent=silent)
    with reading(someone("officer@norf")):
        sighting = Sighting.objects.get()
        assert (sighting.kind, sighting.key, sighting.source, sighting.source_ref) == (
            *_parts(),
            "interest",
            ref,
        )
        assert (sighting.owner, sighting.released, sighting.silent) == (aisha.body, False, silent)
    for reader in (mia, someone("auditor@norf"), someone("admin@norf")):
        with reading(reader):
            assert not Sighting.objects.exists()
            assert not Interest.objects.exists()
    (card,) = kept_interests(aisha)
    assert (card.ref, card.shown, card.why, card.kept_by, card.is_silent) == (
        ref, NUMBER.shown, "an operation", aisha.name, silent,
    )  # fmt: skip
    assert FactRow.objects.get().payload == {"sightings": [sighting.pk]}


def _parts() -> tuple[str, str]:
    return NUMBER.kind, NUMBER.key


def test_it_wants_a_reason_and_a_role(lived_in: Instance) -> None:
    with pytest.raises(InterestProblem):
        keep_interest(by=someone("analyst@norf"), selector=NUMBER, why="  ", silent=True)
    for role in ("officer", "auditor", "admin", "chair"):
        with pytest.raises(NotAllowed):
            keep_interest(by=someone(f"{role}@norf"), selector=NUMBER, why="x", silent=True)
        with pytest.raises(NotAllowed):
            kept_interests(someone(f"{role}@norf"))
    assert not FactRow.objects.exists()


def test_its_end_withdraws_its_sighting_and_no_other(lived_in: Instance) -> None:
    aisha = someone("analyst@norf")
    first, second = (
        keep_interest(by=aisha, selector=NUMBER, why=why, silent=False) for why in ("one", "two")
    )
    outbox.drain()
    end_interest(by=aisha, ref=first, why="done")
    outbox.drain()
    assert outbox.failed() == 0
    assert [card.ref for card in kept_interests(aisha)] == [second]
    with reading(aisha):
        assert [s.source_ref for s in Sighting.objects.all()] == [second]
    with lived_in.as_owner() as owner:
        assert owner.execute("select times from matching_holding").fetchall() == [(1,)]


def test_only_its_own_body_ends_it(lived_in: Instance) -> None:
    ref = keep_interest(by=someone("analyst@norf"), selector=NUMBER, why="x", silent=True)
    with pytest.raises(Interest.DoesNotExist):
        end_interest(by=someone("analyst@mps"), ref=ref, why="not ours")
    with pytest.raises(MoveRefused):
        end_interest(by=someone("officer@norf"), ref=ref, why="no role for it")
    assert len(kept_interests(someone("analyst@norf"))) == 1
