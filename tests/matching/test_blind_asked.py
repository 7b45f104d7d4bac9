"""Encodings in the house: matched under one key, shown as a pointer, resolved by what both bodies say."""

from pathlib import Path

import pytest

from tests.inside import command, someone
from tests.instance import Instance
from throughline.access.reader import NotAllowed, Reader
from throughline.kernel import outbox
from throughline.kernel.problems import FieldProblem
from throughline.matching.blind.asking import (
    BlindNotKnown,
    BlindPair,
    answer_blind,
    blind_pair,
    blind_pairs,
    waiting_blind,
)
from throughline.matching.blind.encoding import encode
from throughline.matching.blind.files import packed_of
from throughline.matching.blind.loading import load_encodings
from throughline.matching.people.who import DIFFERENT, SAME, TAKEN_BACK
from throughline.notices.queries import notice_list

SAM = {"given_name": "Sam", "surname": "Example", "date_of_birth": "2001-05-03", "postcode": "NR1 1AA"}
KATE = {"given_name": "Kate", "surname": "Sample", "date_of_birth": "1990-01-02", "postcode": "LS2 9JT"}
KEY = bytes(32)


def load(by: Reader, *records: dict[str, str], key: bytes = KEY, made_by: str = "blind 1 k") -> None:
    """Load the encodings of these records, counted up under the body's code."""
    ids = [f"{by.body_code}-{n}" for n, _ in enumerate(records)]
    load_encodings(by=by, ids=ids, packed=packed_of(encode(records, key)), made_by=made_by)
    outbox.drain()
    assert outbox.failed() == 0


def _one(reader: Reader, verdict: str = "open") -> BlindPair:
    (pair,), total = blind_pairs(reader, verdict=verdict)
    assert total == 1
    return pair


def test_each_body_reads_its_own_reference_and_whom_to_ring(house: Instance) -> None:
    aisha, mia, harry = someone("analyst@norf"), someone("analyst@mps"), someone("analyst@kent")
    load(aisha, KATE, SAM)
    assert blind_pairs(aisha) == ((), 0)
    load(mia, SAM | {"surname": "Exampel"})
    ours, theirs = _one(aisha), _one(mia)
    assert (ours.ref, ours.record, ours.body_name) == (theirs.ref, "NORF-1", "Metropolitan Police Service")
    assert (theirs.record, theirs.body_name) == ("MPS-0", "Norfolk Constabulary")
    assert "MPS-0" not in repr(ours)
    assert blind_pairs(harry) == ((), 0)
    assert blind_pair(harry, ours.ref) is None
    for reader, other in ((aisha, "Metropolitan"), (mia, "Norfolk")):
        (told,) = (card for card in notice_list(reader)[0] if card.kind == "blind")
        assert told.text.startswith(f"1 record of yours may be of people whom {other}")


def test_it_is_one_person_when_both_say_so_and_open_again_when_one_takes_it_back(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    load(aisha, SAM)
    load(mia, SAM)
    ref = _one(aisha).ref
    answer_blind(by=aisha, ref=ref, verdict=SAME, why="Their desk agrees")
    assert (waiting_blind(aisha, cap=9), waiting_blind(mia, cap=9)) == (0, 1)
    assert (_one(mia).theirs, _one(mia).is_one) == (SAME, False)
    assert [card.thing_ref for card in notice_list(mia)[0] if card.kind == "blind answered"] == [ref]
    answer_blind(by=mia, ref=ref, verdict=SAME, why="The same scar")
    assert _one(aisha, SAME).is_one
    answer_blind(by=mia, ref=ref, verdict=TAKEN_BACK, why="A slip")
    found = blind_pair(aisha, ref)
    assert found is not None
    assert not found.is_one
    assert [one.verdict for one in found.history] == [SAME, SAME, TAKEN_BACK]


def test_loading_again_replaces_and_keeps_what_was_answered(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    load(aisha, SAM, KATE)
    load(mia, SAM, KATE)
    answered, open_one = (pair.ref for pair in blind_pairs(aisha)[0])
    answer_blind(by=aisha, ref=answered, verdict=DIFFERENT, why="Twins")
    load(mia, {"given_name": "Olu", "surname": "Other", "date_of_birth": "1977-07-07"})
    assert blind_pair(aisha, open_one) is None
    assert blind_pair(aisha, answered) is not None
    load(mia, SAM, KATE)
    load(mia, SAM, KATE)
    assert len(blind_pairs(aisha)[0]) == 1


def test_encodings_under_another_key_meet_nothing(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    load(aisha, SAM)
    load(mia, SAM, made_by="blind 1 other")
    assert waiting_blind(aisha, cap=9) == 0


def test_only_whoever_may_loads_and_answers_and_with_a_reason(house: Instance) -> None:
    aisha, mia, officer = someone("analyst@norf"), someone("analyst@mps"), someone("officer@norf")
    with pytest.raises(NotAllowed):
        load(officer, SAM)
    load(aisha, SAM)
    load(mia, SAM)
    ref = _one(aisha).ref
    with pytest.raises(NotAllowed):
        answer_blind(by=officer, ref=ref, verdict=SAME, why="I know him")
    for verdict, why in (("", "Because"), (SAME, " "), (SAME, "x" * 1001)):
        with pytest.raises(FieldProblem):
            answer_blind(by=aisha, ref=ref, verdict=verdict, why=why)
    with pytest.raises(BlindNotKnown):
        answer_blind(by=someone("analyst@kent"), ref=ref, verdict=SAME, why="A guess")


def test_the_commands_encode_match_and_load(house: Instance, tmp_path: Path) -> None:
    records, key = tmp_path / "people.csv", tmp_path / "shared.key"
    records.write_text(
        "record_id,forename,surname,date_of_birth,colour\n7,Sam,Example,2001-05-03,red\n", encoding="utf-8"
    )
    assert command("blind", "key", "--output", str(key)).status == 0
    for side in ("ours", "theirs"):
        said = command("blind", "encode", "--records", str(records), "--key", str(key), "--output",
                       str(tmp_path / f"{side}.csv"), "--columns", "given_name=forename")  # fmt: skip
        assert (said.status, said.err.strip()) == (0, "Not encoded: colour.")
    files = [str(tmp_path / f"{side}.csv") for side in ("ours", "theirs")]
    assert command("link", "blind", "--ours", files[0], "--theirs", files[1]).out.startswith("7\t7\t1.000")
    assert command("load", "encodings", files[0], "--as", "analyst@norf").status == 0
    said = command("load", "encodings", files[1], "--as", "analyst@mps")
    assert said.out.strip() == "1 encoding loaded; 1 pair waits for somebody of your body to ring"
    refused = command("link", "blind", "--ours", str(records), "--theirs", files[1])
    assert refused.status == 1
    assert "needs the columns" in refused.err
