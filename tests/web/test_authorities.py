"""The pages of authorities: recorded, looked after from the desk, and ended with what that deletes shown first."""

from datetime import date, timedelta
from pathlib import Path

from tests.cast import Cast
from tests.telecoms.calling import load, write_calls
from tests.telecoms.test_authorities import CANARY, on_disk, particulars
from tests.web.visiting import visitor, words_of
from throughline.kernel import clock
from throughline.telecoms.authorities import record_authority
from throughline.telecoms.held import authority_list


def days(**named: date) -> dict[str, str]:
    """Days as the boxes of a form send them."""
    return {
        f"{name}-{part}": str(getattr(day, part)) for name, day in named.items() for part in ("day", "month", "year")
    }  # fmt: skip


TODAY = clock.today()
FIRST = {
    "ref": "CD-7", "grounds": "A line into Thetford", "necessity": "Nothing less would", "proportionality": "One",
    **days(starts_on=TODAY, ends_on=TODAY, keep_until=TODAY + timedelta(days=90)),
}  # fmt: skip


def test_it_records_one_and_shows_what_it_says(cast: Cast) -> None:
    client = visitor("analyst@norf")
    assert "There is no authority that you may know." in words_of(client.get("/authorities/"))
    words = words_of(client.post("/authorities/add", FIRST | {"bodies": "MPS"}, follow=True))
    for said in ("Authority CD-7 is recorded.", "Grounds A line into Thetford", "It holds Nothing",
                 "for Norfolk Constabulary, and of Metropolitan Police Service"):  # fmt: skip
        assert said in words, said
    assert [row.ref for row in authority_list(cast.mia)] == ["CD-7"]
    again = client.post("/authorities/add", FIRST).content.decode()
    assert "CD-7 is recorded already." in again.partition('id="ref-error"')[2].partition("</p>")[0]


def test_it_says_beside_the_box_what_is_wrong(cast: Cast) -> None:
    wrong = FIRST | days(ends_on=TODAY - timedelta(days=9), keep_until=TODAY - timedelta(days=1))
    shown = visitor("analyst@norf").post("/authorities/add", wrong).content.decode()
    for box, sentence in (
        ("ends-on", "must not be before its first"),
        ("keep-until", "must be today or later"),
    ):
        assert sentence in shown.partition(f'href="#{box}"')[2].partition("</a>")[0]
        assert shown.count(sentence) == 2, "above the form, and beside the box"
    assert authority_list(cast.aisha) == ()


def test_what_a_load_recorded_waits_on_the_desk_until_its_particulars_are_there(
    cast: Cast, tmp_path: Path
) -> None:
    load(cast.aisha, write_calls(tmp_path / "c.csv", [(1, CANARY, "p-2")]), opaque=True)
    client = visitor("analyst@norf")
    assert "CD-1 Authority, particulars awaited" in words_of(client.get("/desk"))
    (row,) = authority_list(cast.aisha)
    words = words_of(client.get(f"/authorities/{row.code}"))
    assert "1 call in 3 files" in words
    assert "c.csv Calls" in words
    sent = client.post(f"/authorities/{row.code}/record", FIRST, follow=True)
    assert "Particulars recorded" in words_of(sent)
    assert "particulars awaited" not in words_of(client.get("/desk"))
    assert client.get(f"/authorities/{row.code}/record").status_code == 404


def test_one_near_its_last_day_waits_on_the_desk_and_is_kept_longer_with_a_reason(cast: Cast) -> None:
    near = particulars(keep_until=TODAY + timedelta(days=5))
    code, client = record_authority(by=cast.aisha, ref="CD-1", said=near), visitor("analyst@norf")
    assert "CD-1 Authority, kept until" in words_of(client.get("/desk"))
    later = days(keep_until=TODAY + timedelta(days=60))
    assert "Say why the day changes" in words_of(client.post(f"/authorities/{code}/keep", later))
    client.post(f"/authorities/{code}/keep", later | {"why": "The trial is put off"})
    assert "CD-1 Authority" not in words_of(client.get("/desk"))


def test_it_shows_what_its_end_deletes_and_then_deletes_it(cast: Cast, tmp_path: Path) -> None:
    load(cast.aisha, write_calls(tmp_path / "c.csv", [(1, "p-ended-on-a-page", "p-2")]), opaque=True)
    (row,) = authority_list(cast.aisha)
    client, there = visitor("analyst@norf"), f"/authorities/{row.code}/end"
    assert "Deleted 1 call in 3 files" in words_of(client.get(there))
    assert "Say why it ends" in words_of(client.post(there, {"why": " "}))
    assert on_disk("p-ended-on-a-page")
    words = words_of(client.post(there, {"why": "The case is closed"}, follow=True))
    assert "CD-1 has ended. Deleted: 1 call in 3 files" in words
    assert "Ended: all that was held under it is deleted by Analyst at NORF" in words
    assert "c.csv" not in words
    assert on_disk("p-ended-on-a-page") == []
    assert client.get(there).status_code == 404


def test_what_is_hidden_and_what_is_nowhere_give_the_same_answer(cast: Cast) -> None:
    code = record_authority(by=cast.aisha, ref="CD-1", said=particulars())
    other = visitor("analyst@kent")
    for tail in ("", "/keep", "/end", "/record"):
        hidden, nowhere = (
            other.get(f"/authorities/{code}{tail}"),
            other.get(f"/authorities/AU-2222-2222{tail}"),
        )
        assert (hidden.status_code, nowhere.status_code) == (404, 404)
        assert words_of(hidden) == words_of(nowhere)
    assert visitor("officer@norf").get("/authorities/").status_code == 403
    assert visitor("orders@norf").get(f"/authorities/{code}").status_code == 200
    assert visitor("orders@norf").get(f"/authorities/{code}/end").status_code == 403
