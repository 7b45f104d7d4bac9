"""Blind matching: encodings that tell alike from unlike, hardened, and files that are refused in a sentence."""

from pathlib import Path

import numpy as np
import pytest

from tests.inside import dice_of
from throughline.matching.blind.encoding import encode, pieces_of
from throughline.matching.blind.files import (
    Encodings,
    read_encodings,
    refuse_two_keys,
    write_encodings,
)
from throughline.matching.blind.keys import KeyProblem, fingerprint, make_key, read_key
from throughline.matching.blind.matching import MOST_PAIRS, TooMany, match
from throughline.matching.blind.model import blind_model
from throughline.matching.linkage.labelled import FileProblem
from throughline.matching.linkage.preparing import prepare

KEY, OTHER = bytes(32), bytes(range(32))
SAM = {"given_name": "Sam", "surname": "Example", "date_of_birth": "2001-05-03", "postcode": "NR1 1AA"}


def _alike(one: dict[str, str], other: dict[str, str], *, salted: bool = True) -> float:
    first, second = encode([one, other], KEY, salted=salted).astype(float)
    return float(1 - 2 * np.abs(first - second).mean())


def test_a_record_with_an_error_is_more_alike_than_a_stranger() -> None:
    stranger = {
        "given_name": "Kate",
        "surname": "Sample",
        "date_of_birth": "1990-01-02",
        "postcode": "LS2 9JT",
    }
    assert _alike(SAM, SAM) == 1
    assert _alike(SAM, SAM | {"surname": "Exampel"}) > 0.6
    assert _alike(SAM, SAM | {"given_name": "Samuel"}) > 0.5, "another form of the name"
    swapped = SAM | {"given_name": "Example", "surname": "Sam"}
    assert _alike(SAM, swapped) > 0.8, "given name and surname the other way round"
    assert abs(_alike(SAM, stranger)) < 0.3


def test_a_name_is_no_pattern_across_years_of_birth_and_nothing_without_the_key() -> None:
    one, other = (
        {"surname": "Example", "date_of_birth": "1990"},
        {"surname": "Example", "date_of_birth": "1991"},
    )
    bits = encode([{"surname": "Example"}] * 2, KEY, folded=False)
    assert np.array_equal(*bits)
    salted, bare = (encode([one, other], KEY, salted=is_so, folded=False) for is_so in (True, False))
    shared = [int((pair[0] & pair[1]).sum()) for pair in (salted, bare)]
    assert shared[1] - shared[0] > 100, "what they still share is the date and chance"
    here, there = encode([SAM], KEY)[0], encode([SAM], OTHER)[0]
    assert 0.35 < np.abs(here.astype(float) - there).mean() < 0.65


def test_every_field_that_is_encoded_has_its_weight() -> None:
    more = {"identifier": "QQ123456C", "phone": "07700900123", "email": "a@b.example", "place": "Norwich"}
    whole = SAM | more | {"address": "1 Wherry Road"}
    assert {field for field, _ in pieces_of(prepare(whole))} == set(blind_model().hashes)
    assert encode([whole], KEY).shape == (1, blind_model().folded)


def _people(count: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """People, and the same with a letter of the surname changed in every third."""
    dice, letters = dice_of(3), "bcdfghklmnprst"
    first = [
        {"given_name": dice.choice(["Sam", "Kate", "Olu", "Mia", "Jon"]),
         "surname": "".join(dice.choice(letters) + dice.choice("aeiou") for _ in range(4)),
         "date_of_birth": f"{dice.randint(1960, 2009)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
         "postcode": f"NR{dice.randint(1, 9)} {dice.randint(1, 9)}AA", "phone": f"07700900{dice.randint(100, 999)}"}
        for _ in range(count)
    ]  # fmt: skip
    second = [
        one | {"surname": f"x{one['surname'][1:]}"} if n % 3 == 0 else one for n, one in enumerate(first)
    ]
    return first, second


def test_it_finds_who_is_on_both_sides_and_leaves_who_is_on_one() -> None:
    first, second = _people(400)
    ours, theirs = encode(first[:300], KEY), encode(second[100:], KEY)
    found = match(ours, theirs)
    right = [pair for pair in found.pairs if pair.left == pair.right + 100]
    assert len(right) >= 195
    assert len(found.pairs) - len(right) <= 2
    assert (
        len({pair.left for pair in found.pairs})
        == len({pair.right for pair in found.pairs})
        == len(found.pairs)
    )
    turned = {(pair.right, pair.left) for pair in match(theirs, ours).pairs}
    assert len(turned ^ {(pair.left, pair.right) for pair in found.pairs}) <= 3


def test_a_handful_is_matched_by_the_file_and_nobody_by_force() -> None:
    first, second = _people(12)
    assert {
        (pair.left, pair.right) for pair in match(encode(first[:6], KEY), encode(second[:6], KEY)).pairs
    } == {(n, n) for n in range(6)}
    assert match(encode(first[:6], KEY), encode(second[6:], KEY)).pairs == ()
    assert match(encode(first[:1], KEY), encode(second[:1], KEY)).compared == 1


def test_more_pairs_than_can_be_compared_are_refused() -> None:
    many = np.zeros((MOST_PAIRS // 100 + 1, 0), dtype=np.uint8)
    with pytest.raises(TooMany, match="Match them in parts"):
        match(many, np.zeros((100, 0), dtype=np.uint8))


def test_a_key_is_its_owners_alone_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "shared.key"
    known = make_key(path)
    assert path.stat().st_mode & 0o077 == 0
    assert known == fingerprint(read_key(path)) != fingerprint(KEY)
    with pytest.raises(KeyProblem, match="never overwritten"):
        make_key(path)
    for content in ("", "zz", "00" * 31):
        path.write_text(content, encoding="ascii")
        with pytest.raises(KeyProblem, match="hexadecimal"):
            read_key(path)


def _written(path: Path, *, key: str = "k") -> Encodings:
    write_encodings(path, ["1", "2"], encode([SAM, SAM], KEY), key=key)
    return read_encodings(path)


def test_what_is_written_is_read_again_and_two_keys_are_refused(tmp_path: Path) -> None:
    read = _written(tmp_path / "ours.csv")
    assert read.ids == ("1", "2")
    assert np.array_equal(read.bits, encode([SAM, SAM], KEY))
    assert "xample" not in (tmp_path / "ours.csv").read_text(encoding="utf-8").casefold()
    with pytest.raises(FileProblem, match="different keys"):
        refuse_two_keys(read, _written(tmp_path / "theirs.csv", key="other"))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: "", "is empty"),
        (lambda text: text.replace("encoding", "code"), "needs the columns"),
        (lambda text: text.splitlines()[0] + "\n", "only a heading"),
        (lambda text: text.replace("\n2,", "\n1,"), "more than once"),
        (lambda text: text.replace("\n2,", "\n,"), "Line 3 of spoilt.csv has no record_id"),
        (lambda text: text.replace("\n1,", "\n1,?"), "Line 2 of spoilt.csv is no encoding"),
        (lambda text: text.replace("blind 1 k", "blind 0 k", 1), "not made by one key"),
    ],
)  # fmt: skip
def test_a_spoilt_file_is_refused_in_a_sentence(tmp_path: Path, spoil: object, said: str) -> None:
    path = tmp_path / "spoilt.csv"
    _written(path)
    assert callable(spoil)
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(FileProblem, match=said):
        read_encodings(path)
