"""The table of phrases, sentence by sentence: what each rule finds, and the plain reporting that it leaves alone."""

import re

import pytest

from throughline.intelligence.phrases import OPINION, PHRASES, PLACE, SEARCHES, SOURCE, TACTICS, TIME, Rule

FOUND: dict[Rule, tuple[str, ...]] = {
    SOURCE: (
        "A source told officers that he sells.", "The informant met him.", "This came from a CHIS.",
        "A covert human intelligence source saw it.", "The source handler was present.",
        "Information given to Crimestoppers.", "She wishes to remain anonymous.", "An anonymous caller gave it.",
        "The neighbour who rang saw two men.", "His neighbour reported it.", "Her mother said he was away.",
        "A member of the public called.", "The witness states that he ran.", "He told police about it.",
        "Someone rang in about him.", "She called 101.",
        "According to a resident he sells.", "Our source has reported two men.",
        "A neighbour of his told us.",
    ),
    TACTICS: (
        "Seen under Operation Kestrel.", "Op Heron took it.", "Seen during surveillance.",
        "Directed surveillance saw him.", "An undercover officer bought it.", "A test purchase was made.",
        "There was a controlled delivery.", "Seen from an observation post.", "A tracker is on the car.",
        "The phone tap gave it.", "Intercepted calls show it.", "An IMSI catcher found it.",
        "Cell site puts him there.", "A DSA is in place.", "The ANPR marker was set.",
    ),
    OPINION: (
        "He is obviously dealing.", "He is a known drug dealer.", "Everyone knows him.",
        "It is well known that he sells.", "A junkie lives there.", "I think he sells.", "In my opinion he sells.",
        "He must be dealing.", "He probably sells.", "He is believed to sell.", "She seems to be involved.",
        "He is up to no good.", "This is typical of him.",
    ),
}  # fmt: skip
LEFT_ALONE = (
    "He drives a grey hatchback, LK00 VXD, to Norwich each Friday.", "Calls to 07700 900123 are answered by a woman.",
    "The operation of the line moved to Kent.", "He was known to use the name Ricky.", "He said that he would be back.",
    "She told him to wait by the shop.", "A child of 15 carries the money.", "He opened an account at the bank.",
    "The line is called Sunny.", "He reports to the man who holds the phone.", "The source of the drugs is London.",
    "He called in at the shop.",
    "He must be home by curfew at nine.", "A neighbour of his holds the keys.", "Cellular signal is poor there.",
    "The phone was tapped on the counter to pay.", "The car was seen in Operations Road.",
)  # fmt: skip


@pytest.mark.parametrize(("rule", "sentence"), [(rule, s) for rule, all_ in FOUND.items() for s in all_])
def test_it_finds_what_offends(rule: Rule, sentence: str) -> None:
    assert SEARCHES[rule].search(sentence)


@pytest.mark.parametrize("sentence", LEFT_ALONE)
def test_it_leaves_plain_reporting_alone(sentence: str) -> None:
    assert {rule.name: hit[0] for rule, search in SEARCHES.items() if (hit := search.search(sentence))} == {}


@pytest.mark.parametrize(
    ("rule", "place"), [(rule, n) for rule, all_ in PHRASES.items() for n in range(len(all_))]
)
def test_every_phrase_has_a_sentence_that_it_alone_or_with_others_finds(rule: Rule, place: int) -> None:
    search = re.compile(rf"\b(?:{PHRASES[rule][place]})", re.IGNORECASE)
    assert any(search.search(sentence) for sentence in FOUND[rule]), PHRASES[rule][place]


@pytest.mark.parametrize(
    "words",
    [
        "each Friday",
        "on 3 October",
        "at 14:30",
        "last night",
        "in 2026",
        "03/10/2026",
        "two hours ago and 3 days ago",
    ],
)
def test_it_reads_when(words: str) -> None:
    assert TIME.search(f"He waits {words}.")


@pytest.mark.parametrize(
    "words", ["in Norwich", "near Saltmarsh Road", "by the station", "on the A2", "at a hostel"]
)
def test_it_reads_where(words: str) -> None:
    assert PLACE.search(f"He waits {words}.")


@pytest.mark.parametrize("text", ["He waits on Friday.", "He may wait.", "A man waits. I saw him."])
def test_it_takes_no_day_for_a_place(text: str) -> None:
    assert not PLACE.search(text)
