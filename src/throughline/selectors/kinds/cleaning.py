"""What every kind does to raw text first: one alphabet, no invisible characters, no spreadsheet damage."""

import re
import unicodedata

from throughline.selectors.kinds.kind import NotASelector

LONGEST = 500
_QUOTED = 40

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u02b9\u2032\u0060\u00b4\uff07"), "'")
_ONE_ALPHABET = _DASHES | _APOSTROPHES
# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ħ": "h",
        "ŋ": "n",
    }
)

_SCIENTIFIC = re.compile(r"[+-]?(\d+)(?:[.,](\d*))?E[+]?(-?\d{1,3})", re.IGNORECASE | re.ASCII)
_WHOLE_WITH_FRACTION = re.compile(r"(\+?\d{4,})\.0+", re.ASCII)
_TEXT_CELL = re.compile(r"""=?(["'])(.+)\1""")
_SEPARATORS = re.compile(r"[ .\-/()]")


def clean(raw: str) -> str:
    """The text in one alphabet (NFKC), on one line, single-spaced, without bidirectional or zero-width marks.

    Raises NotASelector when nothing is left, when it is too long, or when a character cannot be printed.
    """
    _refuse_if_long(raw)
    text = unicodedata.normalize("NFKC", without_marks(raw).translate(_ONE_ALPHABET)).translate(_ONE_ALPHABET)
    text = " ".join(without_marks(text).split())
    if not text:
        raise NotASelector("There is nothing here. Type the value, such as 07700 900123.")
    _refuse_if_long(text)
    if not text.isprintable():
        raise NotASelector(f"{quoted(text)} has characters that cannot be printed. Type it again by hand.")
    return text


def without_marks(text: str) -> str:
    """The text without invisible marks: right-to-left, zero-width, byte-order."""
    if text.isascii():
        return text
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


def quoted(text: str) -> str:
    """The value in quotes for a sentence: short, on one line and printable."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in text[: _QUOTED + 1])
    return f'"{shown[:_QUOTED]}..."' if len(shown) > _QUOTED else f'"{shown}"'


def fold(text: str) -> str:
    """The text in capitals without accents, so that Zoë, ZOE and zoe are one."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN_LETTERS))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare.upper())


def digits_of(raw: str, *, what: str, example: str) -> str:
    """The digits of a number written with spaces, dots, dashes, brackets or strokes, and nothing else."""
    text = whole_number(clean(raw))
    digits = _SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        raise NotASelector(
            f"{quoted(text)} has characters that are not part of {what}. Write digits, such as {example}."
        )
    return digits


def whole_number(text: str) -> str:
    """Undo what a spreadsheet does to a long number where every digit is there; refuse where one is lost."""
    if cell := _TEXT_CELL.fullmatch(text):
        text = cell[2].strip()
    text = text.lstrip("'")
    if whole := _WHOLE_WITH_FRACTION.fullmatch(text):
        return whole[1]
    if cut := _SCIENTIFIC.fullmatch(text):
        return _all_digits(text, cut[1], cut[2] or "", int(cut[3]))
    return text


def _all_digits(text: str, whole: str, fraction: str, power: int) -> str:
    if len(whole) == 1 and len(fraction) == power:
        return whole + fraction
    raise NotASelector(
        f"{quoted(text)} is a number that a spreadsheet has shortened, and its last digits are lost. "
        "Copy it again from the source, with the column set to text."
    )


def _refuse_if_long(text: str) -> None:
    if len(text) > LONGEST:
        raise NotASelector(
            f"This is {len(text):,} characters long, and a selector has at most {LONGEST}. "
            "Give one value, without the text around it."
        )
