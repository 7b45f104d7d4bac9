"""Checking a list on pages: pasted or in a file, value by value, with a file to keep, and what a holder is shown."""

import csv
import re
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.inside import file_report
from tests.web.visiting import visitor, words_of
from throughline.access.reader import reading
from throughline.kernel import outbox
from throughline.matching.bulk_queries import recent_bulk_checks
from throughline.matching.models import Enquiry
from throughline.selectors.registry import parse

PASTED = "07700 900123\n07700 900124\n+44 7700 900123\n4.47701E+11\n"
ASKED = {"values_pasted": PASTED, "kind": "", "why": "A seized handset"}


def _filed(cast: Cast, **options: object) -> str:
    ref = file_report(cast.aisha, "N1", selectors=["phone:07700 900123"], **options)  # type: ignore[arg-type]
    outbox.drain()
    return ref


def _rows(answer: Any) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_it_answers_a_pasted_list_value_by_value(cast: Cast) -> None:
    _filed(cast)
    sent = visitor("officer@mps").post("/check/lists", ASKED, follow=True)
    (card,) = recent_bulk_checks(cast.ben)
    assert sent.redirect_chain == [(f"/check/lists/{card.ref}", 302)]
    words = words_of(sent)
    assert "Lines read 4" in words
    assert "Values, each once 2" in words
    assert "Lines that cannot be read 1" in words
    assert "Something is known of 1 of 2 values" in words
    assert "07700 900123 Phone number, 2 times on the list 1 Existence Norfolk Constabulary" in words
    assert "07700 900124" not in words


def test_it_shows_every_value_and_the_lines_that_cannot_be_read(cast: Cast) -> None:
    client = visitor("officer@mps")
    there = client.post("/check/lists", ASKED).headers["Location"]
    assert "Nothing is known of these values" in words_of(client.get(there))
    assert "07700 900124 Phone number 2 Nothing" in words_of(client.get(f"{there}?show=all"))
    refused = words_of(client.get(f"{there}?show=refused"))
    assert "4 4.47701E+11" in refused
    assert "07700" not in refused


def test_it_reads_a_file(cast: Cast) -> None:
    ref = _filed(cast)
    file = SimpleUploadedFile("list.csv", b"kind,selector\nphone,07700 900123\n,AB12 CDE\n")
    sent = visitor("analyst@norf").post(
        "/check/lists", {"file": file, "why": "A seized handset"}, follow=True
    )
    words = words_of(sent)
    assert "Values, each once 2" in words
    assert f"Content Norfolk Constabulary {ref}/1, seen once, on 1 October 2026" in words


def test_it_gives_the_whole_answer_as_a_file(cast: Cast) -> None:
    _filed(cast)
    client = visitor("officer@mps")
    there = client.post("/check/lists", ASKED).headers["Location"]
    answer = client.get(f"{there}/file")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="BC-')
    head, *rows = _rows(answer)
    assert [(row[head.index("value")], row[head.index("degree")]) for row in rows] == [
        ("07700 900123", "existence"), ("07700 900124", "nothing"), ("", "refused"),
    ]  # fmt: skip
    assert "NORF intelligence desk" in rows[0][head.index("desk")]


def test_its_file_starts_no_formula(cast: Cast) -> None:
    client = visitor("officer@mps")
    asked = ASKED | {"values_pasted": "+447700900123\n=HYPERLINK(1)"}
    _, number, formula = _rows(client.get(client.post("/check/lists", asked).headers["Location"] + "/file"))
    assert number[1] == "'+447700900123"
    assert formula[1] == "'=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"values_pasted": ""}, "values-pasted", "Paste a list or choose a file"),
        (
            {"file": SimpleUploadedFile("a.txt", b"x")},
            "values-pasted",
            "Paste a list or choose a file, not both",
        ),
        ({"values_pasted": "4.47701E+11"}, "values-pasted", "No line of this list could be read"),
        ({"values_pasted": "x\n" * 10_001}, "values-pasted", "10,000 lines at most"),
        ({"values_pasted": "", "file": SimpleUploadedFile("a.txt", b"\x00")}, "file", "not plain text"),
        ({"why": " "}, "why", "Say why you ask"),
        ({"kind": "spell"}, "kind", "choose one from the list"),
    ],
)
def test_it_says_beside_the_box_what_is_wrong(
    cast: Cast, wrong: dict[str, Any], field: str, sentence: str
) -> None:
    shown = visitor("officer@mps").post("/check/lists", ASKED | wrong).content.decode()
    assert sentence in shown.partition(f'id="{field}-error"')[2].partition("</p>")[0]
    assert recent_bulk_checks(cast.ben) == []


def test_it_says_how_far_a_long_list_is_and_shows_nothing_before(cast: Cast) -> None:
    _filed(cast)
    client = visitor("officer@mps")
    many = "\n".join(f"07700 900{n:03}" for n in range(600))
    there = client.post("/check/lists", ASKED | {"values_pasted": many}).headers["Location"]
    words = words_of(client.get(there))
    assert "0 of 600 values looked up" in words
    assert "Existence" not in words
    assert client.get(f"{there}/file").status_code == 404
    outbox.work_once()
    assert "500 of 600 values looked up" in words_of(client.get(there))
    outbox.drain()
    words = words_of(client.get(f"{there}?show=all&page=6"))
    assert "07700 900599" in words
    assert "07700 900499" not in words
    assert "Page 6" in words


def test_another_persons_list_and_none_are_the_same(cast: Cast) -> None:
    there = visitor("officer@mps").post("/check/lists", ASKED).headers["Location"]
    for username in ("analyst@mps", "officer@norf"):
        client = visitor(username)
        for end in ("", "/file"):
            closed, none = client.get(f"{there}{end}"), client.get(f"/check/lists/BC-2222-2222{end}")
            assert (closed.status_code, none.status_code) == (404, 404)
            assert words_of(closed) == words_of(none)
        assert "A seized handset" not in words_of(client.get("/check/lists"))


@pytest.mark.parametrize("username", ["admin@norf", "auditor@norf"])
def test_it_is_shut_to_roles_that_do_not_check(cast: Cast, username: str) -> None:
    client = visitor(username)
    for there in ("/check/lists", "/check/lists/BC-2222-2222", "/check/asked/BC-2222-2222"):
        assert client.get(there).status_code == 403
    assert client.post("/check/lists", ASKED).status_code == 403


def test_a_holder_of_many_values_is_led_to_them_by_one_notice(cast: Cast) -> None:
    values = [f"07700 900{n:03}" for n in range(7)]
    file_report(cast.aisha, "N1", selectors=[f"phone:{v}" for v in values])
    outbox.drain()
    asked = ASKED | {"values_pasted": "\n".join([*values, "07700 900999"])}
    ref = visitor("officer@mps").post("/check/lists", asked).headers["Location"].rpartition("/")[2]
    outbox.drain()
    norfolk = visitor("officer@norf")
    assert f'href="/check/asked/{ref}"' in norfolk.get("/notices/").content.decode()
    words = words_of(norfolk.get(f"/check/asked/{ref}"))
    assert "asked about 7 values that you hold" in words
    assert "Reason A seized handset" in words
    assert all(value in words for value in values)
    assert "07700 900999" not in words
    assert visitor("officer@mers").get(f"/check/asked/{ref}").status_code == 404


def test_only_who_may_keep_silent_may_ask_silently(cast: Cast) -> None:
    assert "Ask silently" not in words_of(visitor("officer@mps").get("/check/lists"))
    assert visitor("officer@mps").post("/check/lists", ASKED | {"silent": "silent"}).status_code == 403
    sent = visitor("analyst@mps").post("/check/lists", ASKED | {"silent": "silent"}, follow=True)
    assert "Asked silently Yes" in words_of(sent)


def test_standing_enquiries_are_kept_for_a_whole_list(cast: Cast) -> None:
    client = visitor("analyst@mps")
    there = client.post("/check/lists", ASKED).headers["Location"]
    assert 'value="A seized handset"' in client.get(f"{there}/standing").content.decode()
    sent = client.post(f"{there}/standing", {"why": "A line", "silent": "silent"}, follow=True)
    assert "Your body keeps 2 new standing enquiries." in words_of(sent)
    again = client.post(f"{there}/standing", {"why": "A line"}, follow=True)
    assert "Your body keeps 0 new standing enquiries. It kept 2 of them already." in words_of(again)
    assert "Say why your body keeps" in words_of(client.post(f"{there}/standing", {"why": " "}))
    assert visitor("analyst@norf").get(f"{there}/standing").status_code == 404
    assert visitor("officer@mps").get(f"{there}/standing").status_code == 403


def test_it_leads_from_each_pointer_to_asking_for_access(cast: Cast) -> None:
    _filed(cast)
    client = visitor("officer@mps")
    there = client.post("/check/lists", ASKED).headers["Location"]
    (ask,) = re.findall(r'href="(/requests/of-check/[^"]+/NORF)"', client.get(there).content.decode())
    assert "Norfolk Constabulary" in words_of(client.get(ask))
    sent = client.post(ask, {"why": "A boy may be at risk"}, follow=True)
    assert "You asked Norfolk Constabulary for access." in words_of(sent)
    assert visitor("analyst@mps").get(ask).status_code == 404, "another's check lets nobody ask"


def test_it_offers_no_asking_where_the_list_pointed_to_nobody(cast: Cast) -> None:
    client = visitor("officer@mps")
    there = client.post("/check/lists", ASKED).headers["Location"]
    (card,) = recent_bulk_checks(cast.ben)
    with reading(cast.ben):
        check = Enquiry.objects.get(bulk=card.ref, key=parse("phone:07700 900123").key).ref
    _filed(cast)
    assert "Ask for access" not in words_of(client.get(f"{there}?show=all"))
    assert client.get(f"/requests/of-check/{check}/NORF").status_code == 404
