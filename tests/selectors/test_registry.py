"""The one door: kinds by name, values with and without their kind, and the file format."""

import pytest

from throughline.selectors.registry import (
    KINDS,
    NotASelector,
    Selector,
    guess,
    kind_named,
    parse,
    parse_many,
    parts_of,
)

PHONE = Selector("phone", "+447700900123")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("phone", "phone"),
        ("Tel", "phone"),
        ("MOBILE", "phone"),
        ("msisdn", "phone"),
        ("VRM", "vehicle"),
        ("vrn", "vehicle"),
        ("reg", "vehicle"),
        ("nominal", "person"),
        ("handle", "social"),
        ("E-mail", "email"),
        ("National ID", "national_id"),
        ("nino", "national_id"),
        ("SIM", "iccid"),
        ("line", "brand"),
    ],
)
def test_it_knows_kinds_by_the_words_in_use(name: str, kind: str) -> None:
    assert kind_named(name) is KINDS[kind]


def test_it_names_the_kinds_when_one_is_unknown() -> None:
    with pytest.raises(NotASelector, match="The kinds are phone, imei"):
        kind_named("shoe size")


@pytest.mark.parametrize("name", KINDS)
def test_it_reads_its_own_example_and_what_it_shows(name: str) -> None:
    kind = KINDS[name]
    selector = parse(kind.example, name)
    assert parse(f"{name}:{kind.example}") == selector
    assert parse(selector.shown, name) == parse(selector.key, name) == selector
    assert 0 < kind.weight <= 1


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("phone:07700 900123", "phone", "+447700900123"),
        ("Tel: 07700 900123", "phone", "+447700900123"),
        ("07700900123", "phone", "+447700900123"),
        ("0044 7700 900 123", "phone", "+447700900123"),
        ("phone\uff1a07700900123", "phone", "+447700900123"),
        ("490154203237518", "imei", "490154203237518"),
        ("234150123456789", "imsi", "234150123456789"),
        ("8944110000000000008", "iccid", "8944110000000000008"),
        ("AB12 CDE", "vehicle", "AB12CDE"),
        ("abo2cde", "vehicle", "AB02CDE"),
        ("Sam Example 2001-05-03", "person", "EXAMPLE|SAM|2001-05-03"),
        ("QQ123456C", "national_id", "NINO:QQ123456C"),
        ("PNC:2002/0073319Z", "national_id", "PNC:2002/0073319Z"),
        ("12 Wherry Road, NR1 1AA", "address", "12 WHERRY ROAD|NR1 1AA"),
        ("NR1 1AA", "postcode", "NR1 1AA"),
        ("uprn:10001234567", "uprn", "010001234567"),
        ("sam@mail.example", "email", "sam@mail.example"),
        ("snapchat:ricky_b", "social", "snapchat/ricky_b"),
        ("@ricky_b", "social", "other/ricky_b"),
        ("60-16-13 31926819", "account", "601613/31926819"),
        ("GB29 NWBK 6016 1331 9268 19", "account", "601613/31926819"),
        ("Ricky", "brand", "RICKY"),
        ("the Mad Max line", "brand", "MAD MAX"),
        ("opaque: P:1;x ", "opaque", "P:1;x"),
    ],
)
def test_it_reads_a_value_with_or_without_its_kind(text: str, kind: str, key: str) -> None:
    assert parse(text) == Selector(kind, key)
    assert guess(text)[0] == Selector(kind, key)


def test_it_obeys_the_kind_it_is_given() -> None:
    assert parse("123456789", "passport") == Selector("national_id", "PASSPORT:123456789")
    assert parse("phone:07700900123", "tel") == PHONE
    assert parse("opaque:1", "opaque") == Selector("opaque", "opaque:1")
    with pytest.raises(NotASelector):
        parse("07700900123", "imei")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing here"),
        ("4.47701E+11", "spreadsheet"),
        ("61234", "short code"),
        ("490154203237519", "should be 8"),
        ("Sam Example", "a person or a line"),
        ("Sam Example 3/5/01", "two digits for the year"),
        ("myspace:ricky", '"myspace" is not a kind'),
        ("DA123456C", "National Insurance"),
        ("=cmd|' /C calc'!A0", "not clearly any kind"),
        ("x" * 501, "501 characters"),
        ("a\x00b", "cannot be printed"),
    ],
)
def test_it_explains_what_is_wrong_in_the_words_of_the_kind_meant(text: str, reason: str) -> None:
    with pytest.raises(NotASelector, match=reason):
        parse(text)


def test_it_never_guesses_a_pseudonym() -> None:
    assert guess("!!--!!") == []
    assert all(found.kind != "opaque" for found in guess("P-000123"))


def test_it_puts_the_more_telling_kind_first() -> None:
    assert [found.kind for found in guess("AB100CD")] == ["vehicle", "postcode"]
    assert [found.kind for found in guess("60161331926819")] == ["imei", "account"]


def test_it_asks_nothing_where_one_kind_is_plain() -> None:
    for text in ["447700900123", "NR1 1AA", "60-16-13 31926819", "234150123456789", "0049 1512 3456789"]:
        assert len(guess(text)) == 1, text


def test_it_reads_a_test_handset_whose_number_opens_like_a_call_abroad() -> None:
    assert parse("001017001234569") == Selector("imei", "001017001234569")


def test_it_reads_the_file_format() -> None:
    text = r"phone:07700 900123; opaque:a\;b\:c\\d ;snapchat:ricky;;tel:+447700900123;opaque:x:y;"
    assert parse_many(text) == [
        PHONE,
        Selector("opaque", r"a;b:c\d"),
        Selector("social", "snapchat/ricky"),
        Selector("opaque", "x:y"),
    ]
    assert parse_many(" ; ") == parse_many("") == []


def test_it_parts_the_file_format_only_where_nothing_escapes() -> None:
    assert parts_of(r"a\;b;c\\;d\\\;e;" + "f\\") == [r"a\;b", r"c\\", r"d\\\;e", "f\\"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("phone:07700900123;phone:0770", 'Selector 2, "phone:0770": "0770" is too short'),
        ("foo:1", '"foo" is not a kind of selector'),
        ("07700900123", "it has no kind"),
        ("phone:", "nothing here"),
        ("phone:4.47701E+11", "spreadsheet"),
    ],
)
def test_it_names_the_part_at_fault(text: str, reason: str) -> None:
    with pytest.raises(NotASelector, match=reason):
        parse_many(text)
