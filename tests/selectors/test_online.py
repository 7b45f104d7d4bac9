"""E-mail addresses and handles."""

import pytest

from throughline.selectors.kinds.email import normalise_email
from throughline.selectors.kinds.kind import NotASelector
from throughline.selectors.kinds.social import normalise_social, show_social


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Sam.Example+1@Mail.Example", "sam.example+1@mail.example"),
        ("<sam@mail.example>", "sam@mail.example"),
        ("mailto:sam@mail.example", "sam@mail.example"),
        ("sam\uff20mail.example.", "sam@mail.example"),
        ("sam@bücher.example", "sam@xn--bcher-kva.example"),
        ("o\u2019brien@mail.example", "o'brien@mail.example"),
    ],
)
def test_it_reads_addresses(written: str, key: str) -> None:
    assert normalise_email(written) == key


@pytest.mark.parametrize(
    "written",
    [
        "sam",
        "sam@",
        "@mail.example",
        "sam@mail",
        "a b@mail.example",
        "a..b@mail.example",
        ".a@mail.example",
        "sam@-mail.example",
        "sam@mail..example",
        "sam@1.2.3.4",
        f"{'a' * 65}@mail.example",
        f"sam@{'a' * 64}.example",
        f"sam@{'a.' * 130}example",
        "sam@@mail.example",
        "sаm@mail.example",  # noqa: RUF001 a Cyrillic letter that passes for a Latin one
    ],
)
def test_it_refuses_what_is_not_an_address(written: str) -> None:
    with pytest.raises(NotASelector, match="not an e-mail address"):
        normalise_email(written)


@pytest.mark.parametrize(
    "written",
    [
        "snapchat:Ricky_B",
        "snapchat/ricky_b",
        "Snapchat: @ricky_b",
        "@ricky_b on Snapchat",
        "ricky_b (snapchat)",
        "snap @ricky_b",
        "SC:ricky_b",
        "https://www.snapchat.com/add/ricky_b?share=1",
    ],
)
def test_it_reads_every_way_of_writing_a_handle(written: str) -> None:
    assert normalise_social(written) == "snapchat/ricky_b"


@pytest.mark.parametrize(
    ("written", "key", "shown"),
    [
        ("@ricky", "other/ricky", "@ricky"),
        ("twitter:ricky", "x/ricky", "@ricky on X"),
        ("https://t.me/ricky", "telegram/ricky", "@ricky on Telegram"),
        ("whatsapp: 07700 900123", "whatsapp/+447700900123", "+447700900123 on WhatsApp"),
        ("insta ricky.b", "instagram/ricky.b", "@ricky.b on Instagram"),
        ("other:ricky", "other/ricky", "@ricky"),
    ],
)
def test_it_keeps_the_platform(written: str, key: str, shown: str) -> None:
    assert normalise_social(written) == key
    assert show_social(key) == shown
    assert normalise_social(shown) == key


@pytest.mark.parametrize(
    "written", ["ricky_b", "myspace:ricky", "@", "@SUM(A1)", "snapchat:Ricky 🔥", "snapchat:__", "@ricky b"]
)
def test_it_refuses_what_is_not_a_handle(written: str) -> None:
    with pytest.raises(NotASelector):
        normalise_social(written)
