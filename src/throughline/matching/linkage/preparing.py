"""What a record of a person says, in the forms that are compared: pure rules, no database.

Nothing here refuses a record: a value that cannot be read is kept as plain words where that helps, else it is missing.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from throughline.selectors.names import TITLES, words_of
from throughline.selectors.nicknames import ways_of

FIELDS = (
    "given_name", "surname", "full_name", "date_of_birth", "gender", "occupation", "address", "postcode",
    "place", "phone", "email", "identifier",
)  # fmt: skip
"""What may be known of a person; a record says what it has of these."""
_NOT_NAMES = frozenset(
    ("baronet", "bt", "esq", "jr", "jnr", "junior", "sr", "snr", "senior", "obe", "mbe", "cbe", "kc", "qc",
     "unknown", "nk", "na", "none", "null")
)  # fmt: skip
"""Words that stand with a name, and mean nothing by themselves."""
_RANKED = re.compile(r",\s*\d{1,2}(?:st|nd|rd|th)\b.*$", re.IGNORECASE)
"""What follows a name as a rank: ', 4th Earl of Example'."""
_RANK, _DIGIT = re.compile(r"\b\d+(?:st|nd|rd|th)\b"), re.compile(r"\d")
_PARTS, _NOT_PLAIN, _NOT_DIGITS = re.compile(r"[^\W_]+"), re.compile(r"[^a-z0-9]"), re.compile(r"\D")
_BRITISH = re.compile(r"[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}")
_SOUNDS = {letter: digit for digit, letters in
           {"1": "bfpv", "2": "cgjkqsxz", "3": "dt", "4": "l", "5": "mn", "6": "r"}.items()
           for letter in letters}  # fmt: skip
_NOTHING = frozenset(
    ("", "-", "?", "x", "unknown", "not known", "nk", "n/k", "na", "n/a", "nfa", "none", "null", "nan", "nil")
)
"""What stands in a field that nobody could fill."""
LONGEST = 200
"""Characters beyond which a value is not looked at: comparing two costs the square of their length."""
_MONTHS = {name: number for number, name in enumerate(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}  # fmt: skip
_CACHED, _KEPT = 200_000, 50_000
"""Small values, and whole names and dates, that are not worked out again."""

_NOTHING_SAID = dict.fromkeys(FIELDS, "")

Prepared = dict[str, object]


def prepare(record: Mapping[str, str]) -> Prepared:
    """The values of one record as they are compared; what it does not say is None."""
    said = _all_said(record)
    return {
        **_name(said["given_name"], said["surname"], said["full_name"]),
        **_birth(said["date_of_birth"]),
        **_beyond(said),
    }


def prepare_named(given_name: str, surname: str, date_of_birth: str) -> Prepared:
    """The same of a name and a birth alone."""
    return {
        **_name(_said(given_name), _said(surname), ""),
        **_birth(_said(date_of_birth)),
        **_nothing_beyond(),
    }


def prepare_beyond(record: Mapping[str, str]) -> Prepared:
    """What a record says beyond name and birth, as ``prepare`` gives it."""
    return _beyond(_all_said(record))


@cache
def _nothing_beyond() -> Prepared:
    return _beyond(_NOTHING_SAID)


def _all_said(record: Mapping[str, str]) -> dict[str, str]:
    return _NOTHING_SAID | {field: _said(text) for field, text in record.items() if text}


def _beyond(said: Mapping[str, str]) -> Prepared:
    return {
        **_home(said["address"], said["postcode"]),
        **_reached(said["phone"], said["email"]),
        "place": plain(said["place"]), "identifier": letters_of(said["identifier"]),
        "gender": gender_of(said["gender"]), "occupation": plain(said["occupation"]),
    }  # fmt: skip


# The parts of a record are kept for the next that says the same: in a nation most names and dates stand often.


@lru_cache(_KEPT)
def _name(given_name: str, family: str, full: str) -> Prepared:
    given, middle, surname = names_of(given_name, family, full)
    words = [word for word in (given, *middle, surname) if word]
    return {
        "given": given, "given_ways": sorted(ways_of(given)) if given else None,
        "given_sound": sound_of(given) if given else None, "middle": list(middle) or None,
        "initials": sorted({word[0] for word in middle}) or None,
        "surname": surname, "surname_sound": sound_of(surname) if surname else None,
        "words": " ".join(sorted(words)) or None, "joined": "".join(words) or None,
    }  # fmt: skip


@lru_cache(_KEPT)
def _birth(text: str) -> Prepared:
    year, month, day = date_of(text)
    return {"year": year, "month": month, "day": day, "born": written_date(year, month, day)}


def _home(address: str, code: str) -> Prepared:
    postcode = postcode_of(code or postcode_at_end(address)) if code or address else None
    district = district_of(postcode) if postcode else None
    street = plain(address)
    words = sorted(set(street.split())) if street else None
    return {"postcode": postcode, "district": district, "street": street, "street_words": words}


def _reached(phone: str, address: str) -> Prepared:
    email = email_of(address)
    name = email.partition("@")[0] or None if email else None
    return {"phone": digits_of(phone), "email": email, "email_name": name}


@lru_cache(_CACHED)
def _said(text: str) -> str:
    """What a value says: nothing where it stands for nothing, or is longer than anybody's name or address."""
    value = text.strip()
    return "" if not value or len(value) > LONGEST or value.casefold() in _NOTHING else value


def names_of(given: str, surname: str, full: str) -> tuple[str | None, tuple[str, ...], str | None]:
    """Given name, other names and surname; the full name fills what its parts do not say.

    "Example, Sam Lee" and "Sam Lee Example" are the same. One word alone is taken for a given name.
    """
    first, last, whole = _name_words(given), _name_words(surname), _ordered(full)
    if not first and not last:
        return _parted(whole)
    others = tuple(word for word in whole if word not in first and word not in last)
    if not first and others:
        first, others = others[:1], others[1:]
    if not last and others:
        last, others = others[-1:], others[:-1]
    return (first[0] if first else None), tuple(dict.fromkeys((*first[1:], *others))), "".join(last) or None


def _parted(words: Sequence[str]) -> tuple[str | None, tuple[str, ...], str | None]:
    if len(words) < 2:  # noqa: PLR2004 a given name and a surname
        return (words[0] if words else None), (), None
    return words[0], tuple(dict.fromkeys(words[1:-1])), words[-1]


def _ordered(full: str) -> Sequence[str]:
    """The words of a full name, the surname last."""
    if not full:
        return ()
    named = _RANKED.sub("", full)
    surname, comma, rest = named.partition(",")
    return _name_words(f"{rest} {surname}" if comma and _name_words(rest) else named)


@lru_cache(_CACHED)
def _name_words(name: str) -> tuple[str, ...]:
    """The words without ranks and titles; a digit struck for a letter stays in its word."""
    unranked = _RANK.sub(" ", name) if _DIGIT.search(name) else name
    words = _alphanumeric(unranked) if _DIGIT.search(unranked) else words_of(unranked)
    return tuple(word for word in words if word not in TITLES and word not in _NOT_NAMES)


def _alphanumeric(text: str) -> list[str]:
    return [word for word in _PARTS.findall(text.casefold()) if not word.isdigit()]


@lru_cache(_CACHED)
def sound_of(word: str) -> str:
    """How a word sounds in English: a letter and three digits (Soundex; R. C. Russell, US patent 1,261,167, 1918)."""
    digits, before = "", _SOUNDS.get(word[0], "")
    for letter in word[1:]:
        digit = _SOUNDS.get(letter, "")
        if digit and digit != before:
            digits += digit
        if letter not in "hw":
            before = digit
    return (word[0] + digits + "000")[:4]


def date_of(text: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of birth, each None where it is not said: '1999', '1999-05', '3 May 1999', '03/05/1999'."""
    said = text.strip().casefold()
    said = re.sub(r"[a-z]{3,9}", lambda word: f" {_MONTHS.get(word[0][:3], word[0])} ", said)
    said = re.sub(r"[t ]\d{2}:\d{2}.*$", "", said)
    parts = re.findall(r"\d+", said)
    if len(parts) == 1 and len(parts[0]) == 8:  # noqa: PLR2004 YYYYMMDD
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    if len(parts) > 1 and len(parts[-1]) == 4:  # noqa: PLR2004 the year stands last
        parts.reverse()
    if len(parts) > 3 or [len(part) for part in parts[:1]] != [4] or any(len(part) > 2 for part in parts[1:]):  # noqa: PLR2004
        return None, None, None
    numbers = [int(part) or None for part in parts] + [None, None]
    year, month, day = numbers[:3]
    return year, month, day


def written_date(year: int | None, month: int | None, day: int | None) -> str | None:
    """YYYYMMDD with 0 for what is not known; None where the year is not."""
    return f"{year:04}{month or 0:02}{day or 0:02}" if year else None


@lru_cache(_CACHED)
def postcode_of(text: str) -> str | None:
    """A postcode in small letters without spaces, whatever country's."""
    return _NOT_PLAIN.sub("", text.casefold()) or None


def postcode_at_end(address: str) -> str:
    """The UK postcode that an address ends with, if it does."""
    found = re.search(r"\b([a-z]{1,2}\d[a-z\d]?) ?(\d[a-z]{2})\W*$", address.casefold())
    return "".join(found.groups()) if found else ""


@lru_cache(_CACHED)
def district_of(postcode: str) -> str | None:
    """The part of a postcode that many streets share: the outward half in the UK, else all but two characters."""
    is_british = _BRITISH.fullmatch(postcode)
    return postcode[: -3 if is_british else -2] or None


@lru_cache(_CACHED)
def plain(text: str) -> str | None:
    """Words in plain small letters, numbers kept, one space between."""
    if not text:
        return None
    said = text.casefold() if _DIGIT.search(text) else " ".join(words_of(text))
    return " ".join(_PARTS.findall(said)) or None


def digits_of(phone: str) -> str | None:
    """The last ten digits of a number: what stays the same with and without the country's prefix."""
    return _NOT_DIGITS.sub("", phone)[-10:] or None if phone else None


def email_of(text: str) -> str | None:
    """An e-mail address in small letters without spaces."""
    return "".join(text.casefold().split()) or None


def letters_of(text: str) -> str | None:
    """Letters and digits alone, in small letters."""
    return _NOT_PLAIN.sub("", text.casefold()) or None if text else None


@lru_cache(_KEPT)
def gender_of(text: str) -> str | None:
    """m or f for the words in use; any other word as it is."""
    said = text.strip().casefold()
    return {"male": "m", "man": "m", "boy": "m", "female": "f", "woman": "f", "girl": "f"}.get(
        said, said
    ) or None
