"""A person by name and date of birth: the least that tells one person from another."""

import re
from datetime import date

from throughline.kernel import clock
from throughline.selectors.kinds.cleaning import clean, fold, quoted
from throughline.selectors.kinds.kind import Kind, NotASelector

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_TITLES = {
    "MR", "MRS", "MS", "MISS", "MX", "DR", "PROF", "SIR", "DAME", "LORD", "LADY", "REV", "REVD", "FR",
    "PC", "PS", "DC", "DS", "DI", "INSP", "SGT",
}  # fmt: skip
# Words that open a surname: Maria de la Cruz is DE LA CRUZ.
_PARTICLES = {
    "DE", "LA", "LE", "DU", "DEL", "DELLA", "DI", "DA", "DOS", "DAS", "VAN", "VON", "DER", "DEN", "TER",
    "TEN", "AL", "EL", "BIN", "IBN", "BINT", "ST", "MC", "MAC", "O",
}  # fmt: skip
_LABEL = re.compile(r"[ ,(]+(?:born(?: on)?|d\.?o\.?b\.?|date of birth)[ :]*$", re.IGNORECASE)
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})$", re.ASCII)
_BRITISH = re.compile(r"(?<!\d)(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})$", re.ASCII)
_WORDS = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -](?P<month>[a-z]{3,9})[ ,-]+(?P<year>\d{4})$",
    re.ASCII | re.IGNORECASE,
)
_SHORT_YEAR = re.compile(r"(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{2}$", re.ASCII)
_LONGEST_NAME = 100
_OLDEST = 120


def normalise_person(raw: str) -> str:
    """SURNAME|GIVEN NAMES|YYYY-MM-DD, from "Surname, Given, date" or "Given Surname date".

    The date of birth is required, in full, before today, and at most 120 years ago (POLE data standard 034).
    Titles, accents, hyphens and apostrophes make no difference.
    """
    text = clean(raw).rstrip(" .)")
    name, born = _name_and_birth(text)
    surname, given = _names(name)
    if not surname or not given:
        raise NotASelector(f"{quoted(text)} needs a given name and a surname, such as {PERSON.example}.")
    if max(len(surname), len(given)) > _LONGEST_NAME:
        raise NotASelector(
            f"{quoted(text)} has a name of more than {_LONGEST_NAME} letters. Give the name alone."
        )
    return f"{surname}|{given}|{born.isoformat()}"


def _name_and_birth(text: str) -> tuple[str, date]:
    found = _ISO.search(text) or _BRITISH.search(text) or _WORDS.search(text)
    if not found:
        raise NotASelector(_why_no_birth(text))
    return _LABEL.sub("", text[: found.start()]), _birth(found, text)


def _why_no_birth(text: str) -> str:
    if _SHORT_YEAR.search(text):
        return f"The date in {quoted(text)} has two digits for the year. Write all four, such as 2001-05-03."
    return (
        f"{quoted(text)} has no date of birth, and a name alone is not an exact selector: people share it. "
        f"Add the date at the end, such as {PERSON.example}."
    )


def _birth(found: re.Match[str], text: str) -> date:
    try:
        born = date(int(found["year"]), _month(found["month"]), int(found["day"]))
    except ValueError:
        raise NotASelector(
            f"{quoted(found[0])} is not a date. Write it as 2001-05-03, or day first: 03/05/2001."
        ) from None
    today = clock.today()
    if born >= today:
        raise NotASelector(f"The date of birth in {quoted(text)} is not in the past. Check it.")
    if today.year - born.year - ((today.month, today.day) < (born.month, born.day)) > _OLDEST:
        raise NotASelector(f"The date of birth in {quoted(text)} is more than {_OLDEST} years ago. Check it.")
    return born


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    starts = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(word.lower())]
    return starts[0] if starts else 0


def _names(name: str) -> tuple[str, str]:
    """Surname and given names, folded."""
    surname, bar, given = name.strip(" ,|(").replace("|", ",").partition(",")
    surnames, givens = (_words(surname), _words(given)) if bar else _apart(_words(surname))
    return " ".join(_untitled(_split(surnames), 1)), " ".join(_untitled(_split(givens), 0))


def _apart(words: list[str]) -> tuple[list[str], list[str]]:
    """The surname, which is the last word and the particles before it, and the given names."""
    words = _untitled(words, 2)
    cut = len(words) - 1
    while cut > 1 and words[cut - 1] in _PARTICLES:
        cut -= 1
    return words[cut:], words[:cut]


def _split(words: list[str]) -> list[str]:
    return " ".join(words).replace("-", " ").split()


def _words(name: str) -> list[str]:
    """The words of a name in capitals, one joined by a hyphen still in one piece."""
    folded = re.sub(r" *- *", "-", re.sub(r"[.,]", " ", fold(name).replace("'", "")))
    if not all(letter.isalpha() or letter in " -" for letter in folded):
        raise NotASelector(
            f"{quoted(name)} has characters that are not part of a name. Write names and date of birth alone."
        )
    return folded.split()


def _untitled(words: list[str], keep: int) -> list[str]:
    while len(words) > keep and words[0] in _TITLES:
        words = words[1:]
    return words


def person_parts(key: str) -> tuple[str, str, str]:
    """Surname, given names and date of birth (ISO 8601), as a key holds them."""
    surname, given, born = key.split("|")
    return surname, given, born


def show_person(key: str) -> str:
    """SURNAME, Given names, born 3 May 2001."""
    surname, given, born = person_parts(key)
    day = date.fromisoformat(born)
    return f"{surname}, {given.title()}, born {day.day} {_MONTHS[day.month - 1].title()} {day.year}"


PERSON = Kind(
    name="person",
    label="Person",
    plural="People",
    hint="Surname, given names and date of birth. A name alone is not enough.",
    example="Example, Sam, 2001-05-03",
    weight=0.8,
    normalise=normalise_person,
    show=show_person,
)
