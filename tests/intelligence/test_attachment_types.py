"""Which files are kept: told by what is in them, under a name that can do no harm."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.intelligence.attachment_types import LARGEST, LONGEST_NAME, FileRefused, name_from, type_of

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
PDF = b"%PDF-1.7\nsome objects\n%%EOF\n"


def workbook(*more: str) -> bytes:
    """A zip file with the parts that every workbook has, and these."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for name in ("[Content_Types].xml", "xl/workbook.xml", *more):
            parts.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "pdf"), ("a.PNG", PNG, "png"), ("a.jpg", JPEG, "jpeg"), ("a.jpeg", JPEG, "jpeg"),
        ("a.txt", b"Words, caf\xc3\xa9", "text"), ("a.txt", b"Words, caf\xe9\r\n", "text"),
        ("a.csv", b"a,b\n1,2\n", "csv"), ("a.xlsx", workbook(), "xlsx"),
        ("a.txt", b"<script>alert(1)</script>", "text"),
    ],
)  # fmt: skip
def test_it_takes_what_is_as_it_is_called(name: str, content: bytes, kind: str) -> None:
    assert type_of(name, content).name == kind


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", PNG, "it looks like PNG image"), ("a.png", PDF, "it looks like PDF"),
        ("a.txt", PDF, "it looks like PDF"), ("a.csv", workbook(), "it looks like Excel workbook"),
        ("a.pdf", PDF[:12], "none of the kinds"), ("a.png", PNG[:10], "none of the kinds"),
        ("a.xlsx", workbook("xl/vbaProject.bin"), "none of the kinds"), ("a.xlsx", b"PK\x03\x04", "none of the kinds"),
        ("a.xlsx", b"a,b\n", "it looks like plain text"), ("a.txt", b"MZ\x90\0\x03", "none of the kinds"),
        ("a.txt", "Words".encode("utf-16"), "none of the kinds"), ("a.exe", b"MZ", "must end in one of"),
        ("a.html", b"<b>", "must end in one of"), ("a", b"Words", "must end in one of"),
        ("a.svg", b"<svg/>", "must end in one of"), ("a.txt", b"", "is empty"),
        ("a.txt", b"a" * (LARGEST + 1), "smaller than 10 MB"),
    ],
)  # fmt: skip
def test_it_refuses_the_rest_in_a_sentence(name: str, content: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said) as refused:
        type_of(name, content)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"), ("C:\\Users\\a\\notes.txt", "notes.txt"), (".txt", "txt"),
        ("a\u202egpj.txt", "agpj.txt"), ("a\r\nSet-Cookie: b.txt", "aSet-Cookie: b.txt"), ("", "file"),
        ("caf\u00e9 \u2013 menu.pdf", "caf\u00e9 \u2013 menu.pdf"), ("a" * 300 + ".txt", "a" * 116 + ".txt"),
    ],
)  # fmt: skip
def test_it_keeps_a_name_that_can_do_no_harm(name: str, kept: str) -> None:
    assert name_from(name) == kept


@given(st.text(max_size=300))
def test_it_makes_a_name_of_anything_and_leaves_it_as_it_is(name: str) -> None:
    kept = name_from(name)
    assert kept
    assert len(kept) <= max(LONGEST_NAME, len(name))
    assert name_from(kept) == kept


@given(st.binary(max_size=200), st.sampled_from(["a.pdf", "a.png", "a.jpg", "a.txt", "a.csv", "a.xlsx"]))
def test_it_reads_any_bytes(content: bytes, name: str) -> None:
    try:
        assert type_of(name, content).endings
    except FileRefused as refused:
        assert str(refused).endswith(".")
