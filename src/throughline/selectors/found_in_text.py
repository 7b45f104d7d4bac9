"""Selectors that stand in free text, offered for a person to confirm; nothing found here is taken as read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from throughline.selectors.kinds.check_digits import passes_luhn
from throughline.selectors.kinds.social import ALSO_CALLED, PLATFORMS
from throughline.selectors.registry import KINDS, NotASelector, Selector

# One character for one, so that a place in the plain text is the same place in the text as written.
_PLAIN = (
    {0xFF10 + digit: str(digit) for digit in range(10)}
    | dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212), "-")
    | dict.fromkeys((0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x0A, 0x0D, 0x09), " ")
    | {0xFF0B: "+", 0xFF20: "@", 0x2019: "'"}
)
# Every repeat below is bounded, and no two neighbours can match the same character, so a search takes time in
# proportion to the text.
_GAP = r"[ .()\-]{0,2}"
_SITE = r"(?:https?://)?(?:www\.)?(?:snapchat\.com/add|instagram\.com|tiktok\.com|t\.me|facebook\.com|x\.com|twitter\.com)"
_APPS = "|".join(
    sorted(
        (name for name in (*PLATFORMS, *ALSO_CALLED) if len(name) > len("sc") and name != "other"),
        key=len,
        reverse=True,
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """A selector and where it stands: `text` is the characters from `start` up to `end`."""

    selector: Selector
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Search:
    kind: str
    pattern: re.Pattern[str]
    keeps: Callable[[str], bool]


def _anything(_value: str) -> bool:
    return True


def _is_imei(value: str) -> bool:
    digits = re.sub(r"\D", "", value)
    # One IMSI in ten passes the check digit too; 234 and 235 open those of the United Kingdom.
    return passes_luhn(digits) and not digits.startswith(("234", "235"))


def _is_postcode(value: str) -> bool:
    # "m25 2nd" is a road and an ordinal; the last two letters of a postcode are never C, I, K, M, O or V.
    return not re.search(r"(?:1st|2nd|3rd|[04-9]th)$|[CIKMOV].?$", value) and not re.search(
        r"[cikmov].?$", value
    )


def _is_mark(value: str) -> bool:
    # "M25 AND": a road, and the word after it.
    return not re.fullmatch(r"[ABM]\d+ (?:AND|ARE|AT|BUT|BY|FOR|HAS|NOT|THE|WAS|WHO|VIA)", value)


# In order of trust: characters taken by one are not offered again by a later one.
_SEARCHES = (
    _Search(
        "email",
        re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}", re.I),
        _anything,
    ),
    _Search("social", re.compile(rf"(?<![\w.]){_SITE}/@?[\w.-]{{2,60}}", re.I | re.ASCII), _anything),
    _Search("imei", re.compile(r"(?<![\d+])\d{2}[ -]?\d{6}[ -]?\d{6}[ -]?\d(?!\d)", re.ASCII), _is_imei),
    _Search(
        "phone",
        re.compile(
            rf"(?<![\w+])(?:(?:\+|00)44{_GAP}(?:0\)?{_GAP})?|44(?=7\d{{9}}(?!\d))|\(?0(?!0))"
            rf"(?:\d{_GAP}){{8,9}}\d(?![\dA-Za-z])",
            re.ASCII,
        ),
        _anything,
    ),
    _Search("phone", re.compile(rf"(?<![\w+])(?:\+|00)[1-9](?:{_GAP}\d){{7,13}}(?!\d)", re.ASCII), _anything),
    _Search(
        "social",
        re.compile(rf"(?<![\w@.])@[\w.-]{{2,60}} (?:on |\()(?:{_APPS})\b", re.I | re.ASCII),
        _anything,
    ),
    _Search("social", re.compile(rf"\b(?:{_APPS}) ?[:/]? ?@[\w.-]{{2,60}}", re.I | re.ASCII), _anything),
    _Search("social", re.compile(rf"\b(?:{_APPS}) ?: ?[\w.-]{{2,60}}", re.I | re.ASCII), _anything),
    _Search("social", re.compile(r"(?<![\w@.])@[\w.-]{2,60}", re.ASCII), _anything),
    _Search("postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.I | re.ASCII), _is_postcode),
    _Search("vehicle", re.compile(r"\b[A-HJ-PR-Y]{2}\d{2} ?[A-HJ-PR-Z]{3}\b", re.I | re.ASCII), _is_mark),
    _Search(
        "vehicle",
        re.compile(
            r"\b(?:[A-HJ-NP-TV-Y][1-9]\d{0,2} ?[A-HJ-PR-Z]{3}"
            r"|[A-HJ-PR-Y][A-PR-Z]{2} ?[1-9]\d{0,2}[A-HJ-NPR-TV-Y]"
            r"|[A-Z]?(?:I[A-Z]|[A-Z]Z) ?[1-9]\d{3})\b",
            re.ASCII,
        ),
        _is_mark,
    ),
)


def found_in_text(text: str) -> list[Found]:
    """Phones, vehicle marks, e-mails, postcodes, IMEIs and social handles in their order, none overlapping.

    The time it takes is in proportion to the length of the text, whatever it holds.
    """
    plain = text.translate(_PLAIN)
    taken = bytearray(len(plain))
    found = [hit for search in _SEARCHES for hit in _hits(search, plain, text, taken)]
    return sorted(found, key=lambda hit: hit.start)


def _hits(search: _Search, plain: str, text: str, taken: bytearray) -> Iterator[Found]:
    for match in search.pattern.finditer(plain):
        start, end = match.span()
        if any(taken[start:end]) or not search.keeps(match[0]):
            continue
        value = _longest_selector(search.kind, match[0])
        if value is None:
            continue
        selector, length = value
        taken[start : start + length] = b"\x01" * length
        yield Found(selector, start, start + length, text[start : start + length])


def _longest_selector(kind: str, value: str) -> tuple[Selector, int] | None:
    """The selector at the start of what was matched, without the end of a sentence or a second number."""
    value = value.rstrip(" .-")
    while value:
        try:
            return Selector(kind, KINDS[kind].normalise(value)), len(value)
        except NotASelector:
            value, gap, _ = value.rpartition(" ")
            if not gap or kind != "phone":
                return None
    return None
