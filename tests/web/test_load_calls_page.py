"""Calls loaded on pages: chosen under an authority, columns guessed beside first rows, tried, loaded, known again."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.telecoms.test_authorities import particulars
from tests.web.visiting import visitor, words_of
from throughline.access.reader import reading
from throughline.kernel import outbox
from throughline.loads.models import Part, Refusal
from throughline.telecoms.authorities import record_authority
from throughline.telecoms.ending import end_authority
from throughline.telecoms.profile import profile_of

OWN = b"Wann,Wer,Wen,Was\n27/07/2026 14:30,07700900123,07700900456,SMS\nsoon,07700900123,07700900456,SMS\n"
CHOSEN = {"use_0": "time", "use_1": "caller", "use_2": "callee", "use_3": "kind", "save_as": "Provider A"}


def chosen(client: Client, code: str, content: bytes = OWN, name: str = "a.csv") -> str:
    """Choose a file; where that leads."""
    sent = client.post(f"/authorities/{code}/load", {"file": SimpleUploadedFile(name, content)})
    assert sent.status_code == 302, words_of(sent)
    return sent.headers["Location"]


def test_columns_of_any_name_are_said_once_and_known_again(cast: Cast) -> None:
    code, client = record_authority(by=cast.aisha, ref="CD-1", said=particulars()), visitor("analyst@norf")
    there = chosen(client, code)
    words = words_of(client.get(there))
    assert "Such as: 27/07/2026 14:30; soon" in words
    assert "Choose the column that holds: date and time" in words_of(client.post(there, {"use_1": "caller"}))
    load = client.post(there, CHOSEN).headers["Location"]
    client.post(f"{load}/do", {"do": "try"})
    outbox.drain()
    words = words_of(client.get(load))
    for said in (
        "Rows read 2 Kept 1 Held already 0 Refused 1",
        "Read by your body's map Provider A",
        "3 Wann Write the",
    ):
        assert said in words, said
    client.post(f"{load}/do", {"do": "load"})
    outbox.drain()
    assert profile_of(cast.aisha, "07700900123")
    assert not chosen(client, code).endswith("/calls"), "its header is known: nothing is left to ask"
    words = words_of(client.get(f"/authorities/{code}"))
    assert "It holds 1 call in 3 files" in words
    assert client.get(f"{load}/columns").status_code == 404


def test_the_end_of_the_authority_takes_the_kept_file_along(cast: Cast) -> None:
    code, client = record_authority(by=cast.aisha, ref="CD-1", said=particulars()), visitor("analyst@norf")
    load = client.post(chosen(client, code), CHOSEN).headers["Location"]
    client.post(f"{load}/do", {"do": "try"})
    outbox.drain()
    with reading(cast.aisha):
        assert Part.objects.exists()
    end_authority(by=cast.aisha, ref=code, why="done")
    outbox.drain()
    with reading(cast.aisha):
        assert not Part.objects.exists()
        assert not Refusal.objects.exists()
    assert visitor("analyst@norf").get(f"/authorities/{code}/load").status_code == 404


def test_only_those_who_load_calls_for_the_body_may(cast: Cast) -> None:
    code = record_authority(by=cast.aisha, ref="CD-1", said=particulars())
    assert visitor("orders@norf").get(f"/authorities/{code}/load").status_code == 403
    assert visitor("analyst@kent").get(f"/authorities/{code}/load").status_code == 404
