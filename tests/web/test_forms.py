"""What a form keeps, reads and refuses."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from throughline.kernel import clock
from throughline.web.fields import Choice, Day, ManyOf, OneOf, Password, Select, Text, TextArea, Upload, Wrong
from throughline.web.forms import Form
from throughline.web.jinja import environment

BODIES = [Choice("norf", "Norfolk Constabulary"), Choice("essx", "Essex Police")]
A_GOOD_ONE = "title=Deal+line&seen-day=3&seen-month=10&seen-year=2026&source=1&bodies=norf&bodies=essx"


def only_words(text: str) -> None:
    if any(character.isdigit() for character in text):
        raise Wrong("Title must not have figures in it")


class ReportForm(Form):
    title = Text("Title", needed="Enter a title", limit=20, check=only_words)
    text = TextArea("Text")
    seen = Day("Date seen", needed="Enter the date it was seen", past=True)
    source = OneOf(
        "Source", needed="Select a source", choices=[Choice("1", "Reliable"), Choice("2", "Untested")]
    )
    kind = Select("Kind", choices=[Choice("phone", "Phone")])
    bodies = ManyOf("Circulate to", needed="Select a body")
    secret = Password("Password")
    sheet = Upload("File", largest=1_000_000)

    def rules(self) -> None:
        if self.source == "2" and not self.text:
            self.refuse("text", "Say why the source is untested")


def form(sent: str, files: dict[str, UploadedFile] | None = None) -> ReportForm:
    """The form as a browser would send it."""
    kept = MultiValueDict({name: [file] for name, file in (files or {}).items()})
    return ReportForm(QueryDict(sent), kept, choices={"bodies": BODIES})


def faults(sent: str) -> dict[str, str]:
    """Each fault by field, with a good answer to all other questions."""
    data = QueryDict(A_GOOD_ONE, mutable=True)
    for name, values in QueryDict(sent).lists():
        data.setlist(name, values)
    filled = form(data.urlencode())
    filled.is_valid()
    return filled.faults


def test_it_reads_typed_answers() -> None:
    filled = form(A_GOOD_ONE + "&text=++One%0D%0Atwo++&secret=+spaced+")
    assert filled.is_valid()
    assert (filled.title, filled.seen, filled.source) == ("Deal line", date(2026, 10, 3), "1")
    assert filled.bodies == ("norf", "essx")
    assert filled.text == "One\ntwo"
    assert filled.secret == " spaced "
    assert filled.kind == ""
    assert filled.sheet is None


def test_it_tells_every_empty_question_in_order() -> None:
    empty = form("")
    assert not empty.is_valid()
    assert [(problem["text"], problem["href"]) for problem in empty.problems] == [
        ("Enter a title", "#title"),
        ("Enter the date it was seen", "#seen"),
        ("Select a source", "#source"),
        ("Select a body", "#bodies"),
    ]


def test_it_is_not_valid_before_it_is_sent() -> None:
    unsent = ReportForm(start={"title": "As it was"})
    assert not unsent.is_valid()
    assert unsent.problems == []
    assert unsent["title"].typed == "As it was"


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ("title=" + "x" * 21, "title", "Title must be 20 characters or fewer; this is 21"),
        ("title=a%00b", "title", "Title must not contain control characters"),
        ("title=Line+7", "title", "Title must not have figures in it"),
        ("seen-day=", "seen", "Date seen must include a day"),
        ("seen-day=&seen-month=", "seen", "Date seen must include a day and month"),
        ("seen-day=31&seen-month=2", "seen", "Date seen must be a real date"),
        ("seen-day=three", "seen", "Date seen must be a real date"),
        ("seen-year=26", "seen", "Date seen must be a real date"),
        ("seen-year=2027", "seen", "Date seen must be today or in the past"),
        ("source=9", "source", "Source: choose one from the list"),
        ("kind=%3Cscript%3E", "kind", "Kind: choose one from the list"),
        ("bodies=norf&bodies=nowhere", "bodies", "Circulate to: choose from the list"),
        ("source=2", "text", "Say why the source is untested"),
    ],
)
def test_it_refuses_with_a_sentence(sent: str, field: str, sentence: str) -> None:
    with clock.stopped(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        assert faults(sent) == {field: sentence}


def test_it_refuses_a_file_that_is_too_large() -> None:
    filled = form(A_GOOD_ONE, {"sheet": SimpleUploadedFile("a.csv", b"x" * 1_000_001)})
    assert not filled.is_valid()
    assert filled.faults == {"sheet": "File must be smaller than 1 MB"}


def test_a_refusal_of_the_whole_form_comes_first_and_leads_nowhere() -> None:
    filled = form("")
    filled.is_valid()
    filled.refuse("", "Someone else has graded this")
    assert filled.problems[0] == {"text": "Someone else has graded this", "href": ""}


def test_it_guards_the_words_that_forms_use_themselves() -> None:
    with pytest.raises(TypeError, match="start"):
        type("Slip", (Form,), {"start": Text("Start")})


def draw(filled: Form, name: str) -> str:
    """The question as it stands on a page."""
    source = '{% from "components/fields.html" import field %}{{ field(form, name) }}'
    return environment().from_string(source).render(form=filled, name=name)


def test_it_shows_again_what_was_typed_and_escapes_it() -> None:
    filled = form('title=<b>"x"</b>&bodies=essx&seen-day=3&source=2')
    filled.is_valid()
    assert 'value="&lt;b&gt;&#34;x&#34;&lt;/b&gt;"' in draw(filled, "title")
    assert draw(filled, "bodies").count(" checked") == 1
    assert draw(filled, "source").count(" checked") == 1
    assert 'value="3"' in draw(filled, "seen")


def test_it_never_shows_a_password_again() -> None:
    filled = form("secret=hunter2")
    filled.is_valid()
    assert "hunter2" not in draw(filled, "secret")


@pytest.mark.parametrize(("name", "role", "count"), [("source", "radio", 2), ("bodies", "checkbox", 2)])
def test_it_draws_each_kind_with_its_own_control(name: str, role: str, count: int) -> None:
    assert draw(form(""), name).count(f'type="{role}"') == count


@pytest.mark.parametrize("name", ["title", "text", "seen", "source", "kind", "bodies", "secret", "sheet"])
def test_the_error_summary_leads_to_the_first_box(name: str) -> None:
    drawn = draw(form(""), name)
    box = min(drawn.find(tag) for tag in ("<input", "<select", "<textarea") if tag in drawn)
    assert f' id="{name}"' in drawn[box:].split(">", 1)[0]
