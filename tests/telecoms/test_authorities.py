"""No call data without an authority, and none of it left when the authority ends."""

import os
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings

from tests.cast import Cast
from tests.inside import house, in_parallel, shared_house, someone
from tests.instance import Instance
from tests.telecoms.calling import load, write_calls
from throughline.access.models import Marking
from throughline.access.reader import NotAllowed, reading
from throughline.kernel import clock, outbox
from throughline.telecoms.authorities import (
    PROVISIONAL_DAYS,
    AuthorityProblem,
    Particulars,
    record_authority,
)
from throughline.telecoms.ending import end_authority
from throughline.telecoms.held import authority_list
from throughline.telecoms.loading import CallsLoaded
from throughline.telecoms.models import Authority
from throughline.telecoms.profile import profile_of
from throughline.telecoms.queries import NoCalls

__all__ = ["house", "shared_house"]

CALLS = [(1, "07700900123", "07700900456", 3)]
CANARY = "p-canary-4711"


def particulars(*, ends_on: date | None = None, keep_until: date | None = None) -> Particulars:
    today = clock.today()
    return Particulars(
        "Crime",
        starts_on=today,
        ends_on=ends_on or today,
        keep_until=keep_until or today + timedelta(days=30),
    )


def on_disk(words: str) -> list[str]:
    """The files of the call store that hold these words, as they stand or in Parquet, and the folders with any file."""
    found = []
    for folder, _, names in os.walk(settings.CALL_STORE):
        for name in names:
            content = (Path(folder) / name).read_bytes()
            if words.encode() in content:
                found.append(str(Path(folder) / name))
    return found


def test_a_load_under_an_unknown_authority_records_it_with_its_particulars_awaited(
    cast: Cast, tmp_path: Path
) -> None:
    done = load(cast.aisha, write_calls(tmp_path / "c.csv", CALLS))
    assert done.is_new_authority
    (row,) = authority_list(cast.aisha)
    assert (row.ref, row.body, row.state, row.calls) == ("CD-1", "NORF", "awaited", 1)
    assert row.keep_until == clock.today() + timedelta(days=PROVISIONAL_DAYS)
    record_authority(by=cast.aisha, ref="CD-1", said=particulars())
    (row,) = authority_list(cast.aisha)
    assert (row.state, row.grounds, row.keep_until) == (
        "recorded",
        "Crime",
        clock.today() + timedelta(days=30),
    )
    with pytest.raises(AuthorityProblem, match="recorded already"):
        record_authority(by=cast.aisha, ref="CD-1", said=particulars())
    assert authority_list(cast.harry) == ()


def test_two_first_loads_under_one_authority_at_once_are_both_kept(house: Instance, tmp_path: Path) -> None:
    paths = [write_calls(tmp_path / f"{n}.csv", [(n, "a", "b", 3)]) for n in range(4)]
    done: list[CallsLoaded] = []
    in_parallel(*(partial(_load_into, done, path) for path in paths))
    assert sorted((one.kept, one.is_new_authority) for one in done) == [(1, False)] * 3 + [(1, True)]
    (row,) = authority_list(someone("analyst@norf"))
    assert row.calls == 4


def _load_into(done: list[CallsLoaded], path: Path) -> None:
    done.append(load(someone("analyst@norf"), path, opaque=True))


@pytest.mark.parametrize(
    ("more", "field"),
    [({"ends_on": date(2020, 1, 1)}, "ends_on"), ({"keep_until": date(2020, 1, 1)}, "keep_until")],
)
def test_particulars_that_cannot_be_are_refused(cast: Cast, more: dict[str, date], field: str) -> None:
    with pytest.raises(AuthorityProblem) as refused:
        record_authority(by=cast.aisha, ref="X", said=particulars(**more))
    assert refused.value.field == field
    with pytest.raises(NotAllowed):
        record_authority(by=cast.ben, ref="X", said=particulars())


def test_an_authority_that_ends_leaves_nothing_on_disk(cast: Cast, tmp_path: Path) -> None:
    path = write_calls(tmp_path / "c.csv", [(1, CANARY, "p-2"), (2, "p-2", CANARY)])
    load(cast.aisha, path, opaque=True)
    load(cast.mia, path, "MPS-1", opaque=True)
    assert len(on_disk(CANARY)) == 6
    with pytest.raises(AuthorityProblem):
        end_authority(by=cast.mia, ref="CD-1", why="not ours")
    end_authority(by=cast.aisha, ref="CD-1", why="the case is closed")
    assert len(on_disk(CANARY)) == 3
    with pytest.raises(NoCalls):
        profile_of(cast.aisha, CANARY)
    assert profile_of(cast.mia, CANARY) is not None
    end_authority(by=cast.mia, ref="MPS-1", why="the case is closed")
    assert on_disk(CANARY) == []


def test_the_clock_deletes_what_may_be_kept_no_longer(cast: Cast, tmp_path: Path) -> None:
    path = write_calls(tmp_path / "c.csv", [(1, CANARY, "p-2")])
    load(cast.aisha, path, opaque=True)
    record_authority(
        by=cast.aisha, ref="CD-1", said=particulars(keep_until=clock.today() + timedelta(days=120))
    )
    over = clock.now() + timedelta(days=PROVISIONAL_DAYS + 2)
    with clock.stopped(over):
        outbox.drain()
    assert on_disk(CANARY), "the particulars put the end off"
    with clock.stopped(clock.now() + timedelta(days=122)):
        outbox.drain()
        assert on_disk(CANARY) == []
        (row,) = authority_list(cast.aisha)
        assert row.ended_at == clock.now()
    with reading(cast.aisha):
        assert Authority.objects.get().ended_why == "The last day of keeping is over."
    assert outbox.failed() == 0


def test_a_circulated_authority_opens_its_calls_to_the_circle_alone(cast: Cast, tmp_path: Path) -> None:
    load(cast.aisha, write_calls(tmp_path / "c.csv", [(1, CANARY, "p-2")]), opaque=True)
    with reading(cast.aisha):
        marking = Authority.objects.get().marking_id
        Marking.objects.filter(pk=marking).update(released=True, bodies=[cast.mia.body])
    assert profile_of(cast.mia, CANARY) == profile_of(cast.aisha, CANARY)
    assert [row.ref for row in authority_list(cast.mia)] == ["CD-1"]
    for outsider in (cast.harry, cast.carys):
        with pytest.raises(NoCalls):
            profile_of(outsider, CANARY)
    with reading(cast.aisha):
        Marking.objects.filter(pk=marking).update(bodies=[])
    with pytest.raises(NoCalls):
        profile_of(cast.mia, CANARY)
    end_authority(by=cast.aisha, ref="CD-1", why="done")
