"""The meeting pack and the two profiles: tagged PDFs of what their reader may know, in which words obey nobody."""

from tests.cast import Cast
from tests.inside import someone
from tests.lines.keeping import live
from tests.pdf_ua import Checker
from tests.tasking.bidding import bid
from tests.tasking.planned import FIREARM, FROM_LONDON, TO_NORFOLK, give_days, proposed
from tests.web.visiting import visitor
from throughline.web.documents import Part, document_of


def test_the_pack_and_the_profiles_are_tagged_and_absent_for_whoever_may_not_know(
    cast: Cast, pdf_ua: Checker
) -> None:
    line = live(someone("manager@norf"), said=[FIREARM, FROM_LONDON, TO_NORFOLK], everyone=True)
    ref = bid(someone("analyst@norf"), line=line)
    give_days("NORF")
    proposed(someone("chair@norf"))
    for who, address in (
        ("chair@norf", "/plans/meeting.pdf"),
        ("chair@nclcc", "/plans/meeting.pdf"),
        ("officer@norf", f"/plans/targets/{ref}.pdf"),
        ("manager@kent", "/plans/problems/NORF.pdf"),
    ):
        answer = visitor(who).get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf"), address
        assert pdf_ua(answer.content) == [], address
    assert visitor("analyst@kent").get(f"/plans/targets/{ref}.pdf").status_code == 404
    assert visitor("officer@norf").get("/plans/meeting.pdf").status_code == 403
    assert visitor("chair@norf").get("/plans/problems/XXXX.pdf").status_code == 404


def test_words_are_words_and_obey_nobody(cast: Cast, pdf_ua: Checker) -> None:
    for words in ("#panic(1)", "*bold* _x_ <script>", "= heading", "\\ $x$ @ref"):
        parts = [Part(words, (words,), (f"{words}#", words), ((words, words),)), Part(words)]
        assert pdf_ua(document_of(cast.aisha, words, parts)) == []
