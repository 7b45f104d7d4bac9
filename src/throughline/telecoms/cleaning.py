"""How the cells of a row of calls are read: an expression of SQL for each column, and why one cannot be read.

Providers write times in UTC or by the clock in London, day first or month first, with 12 hours or 24; durations in
seconds or as 0:01:03; an IMEI with or without its check digit. What can be read in one way alone is read.
"""

import re
from typing import Final

from throughline.telecoms.layout import LONDON, UTC

_NUMBER: Final = r"^\s*\d+(\.\d+)?\s*$"
_LAST_SECOND: Final = 4_102_444_800
"""1 January 2100. What is above is not seconds since 1970."""
_FIRST_MILLI: Final = 100_000_000_000
"""From here on a bare number is milliseconds since 1970: as seconds it would be the year 5138."""
_ZONE: Final = r"\s*(Z|UTC|GMT|BST|[+-]\d{2}(?::?\d{2})?)$"
_ISO: Final = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?$"
# Two digits of a year first: four would take 26 for the year 26.
_DAYS: Final = (
    "%d/%m/%y", "%d-%m-%y", "%d.%m.%y", "%d-%b-%y", "%d %b %y",
    "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y",
)  # fmt: skip
_EITHER: Final = ("%Y/%m/%d", "%Y-%m-%d", "%Y%m%d")
_HOURS: Final = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M:%S%p", "%I:%M%p", "%H:%M:%S.%f")


def _formats(*, month_first: bool) -> str:
    days = tuple(re.sub(r"%d([/.-])%m", r"%m\1%d", day) for day in _DAYS)
    whole = [f"{day} {hour}" for day in ((*(days if month_first else _DAYS), *_EITHER)) for hour in _HOURS]
    return "[" + ", ".join(f"'{one}'" for one in (*whole, "%Y%m%d%H%M%S", "%Y%m%dT%H%M%S")) + "]"


def said_at(*, has_date: bool) -> str:
    """The moment as text, in capitals and without space around it."""
    said = "concat(trim(\"date\"), ' ', trim(clock))" if has_date else 'trim("time")'
    return f"upper(regexp_replace({said}, '\\s+', ' ', 'g'))"


def moment_parts(*, month_first: bool) -> str:
    """Columns from ``written``: ``local`` time as written, its ``shift`` (a zone, blank where none), and ``is_iso``."""
    body = f"regexp_replace(written, '{_ZONE}', '')"
    return f"""
      case when regexp_matches({body}, '{_ISO}') then try_cast(replace({body}, ',', '.') as timestamp)
           else try_strptime({body}, {_formats(month_first=month_first)}) end as local,
      regexp_extract(written, '{_ZONE}', 1) as shift, regexp_matches({body}, '{_ISO}') as is_iso
    """


def moment_of(*, zone: str) -> str:
    """The moment in UTC from ``written``, ``local``, ``shift`` and ``is_iso``; null where none can be read.

    A bare number is seconds since 1970, or since a study began, or milliseconds. Without a zone, ISO 8601 is UTC and a
    day written day first is by the clock in London, unless the map of columns says. Of an hour that comes twice in
    October the first is meant; one that is left out in March is no hour.
    """
    naive = {UTC: "local", LONDON: _IN_LONDON}.get(zone, f"if(is_iso, local, {_IN_LONDON})")
    return f"""
      case when regexp_matches(written, '{_NUMBER}') and length(written) <> 14
           then case when try_cast(written as double) < {_LAST_SECOND}
                then make_timestamp((try_cast(written as double) * 1000000)::bigint)
                when try_cast(written as double) between {_FIRST_MILLI} and {_LAST_SECOND}000
                then make_timestamp((try_cast(written as double) * 1000)::bigint) end
           when local is null then null
           when shift in ('Z', 'UTC', 'GMT') then local
           when shift = 'BST' then local - interval 1 hour
           when shift <> '' then local - to_minutes(
             if(shift[1] = '-', -1, 1) * (60 * shift[2:3]::int + coalesce(try_cast(right(replace(shift, ':', '')[4:], 2)
             as int), 0)))
           else {naive} end
    """


# By the clock: the first of two moments that are written alike; none for what the clock in London never shows.
_THEN: Final = f"((local at time zone '{LONDON}') at time zone 'UTC')"
_SHOWN: Final = f"(({{moment}} at time zone 'UTC') at time zone '{LONDON}')"
_IN_LONDON: Final = (
    f"case when {_SHOWN.format(moment=f'({_THEN} - interval 1 hour)')} = local then {_THEN} - interval 1 hour "
    f"when {_SHOWN.format(moment=_THEN)} = local then {_THEN} end"
)

KINDS: Final = {
    "call": "call|voice|c|moc|mtc|mo|mt|video|volte|vowifi|phone call|voice call|mobile originated|mobile terminated|"
    "incoming|outgoing|missed|rejected|voicemail|speech|telephony",
    "text": "text|sms|t|sms-mo|sms-mt|sms mo|sms mt|smsmo|smsmt|mms|text message|short message|sms message|chat|"
    "message",
    "data": "data|gprs|internet|pdp|packet|ps|data session|lte data|mobile data",
    "forward": "forward|forwarded|call forward|call forwarding|divert|diverted|cf|cfu|cfb|cfnry|cfnrc",
}


def _in(words: str) -> str:
    return ", ".join(f"'{word}'" for word in words.split("|"))


KIND: Final = (
    "case when trim(coalesce(kind, '')) = '' then 'call' "
    + " ".join(f"when lower(trim(kind)) in ({_in(words)}) then '{kind}'" for kind, words in KINDS.items())
    + " end"
)
_OUT: Final = "out|outgoing|o|mo|sent|moc|originating|outbound|dialled|from|call-out"
_INWARD: Final = "in|incoming|i|mt|received|mtc|terminating|inbound|missed|rejected|to|call-in"
DIRECTION: Final = f"""
  case when lower(trim(coalesce(direction, ''))) in ({_in(_OUT)}) then 'out'
       when lower(trim(coalesce(direction, ''))) in ({_in(_INWARD)}) then 'in' else '' end
"""

_LONGEST_CALL: Final = 7 * 86_400
_CLOCKED: Final = r"^\s*(\d+:)?\d{1,3}:\d{2}(\.\d+)?\s*$"
_COUNTED: Final = r"^\s*(PT)?\s*(\d+\s*H)?\s*(\d+\s*M(IN)?S?)?\s*(\d+\s*S(EC)?S?)?\s*$"
_TOTAL: Final = f"""
  case when trim(coalesce(duration, '')) in ('', '-', '-1', '-1.0') then 0
       when regexp_matches(duration, '{_NUMBER}') then round(try_cast(duration as double))
       when regexp_matches(duration, '{_CLOCKED}') then list_sum(list_transform(
         list_reverse(string_split(trim(duration), ':')), lambda part, place: floor(part::double) * 60 ** (place - 1)))
       when regexp_matches(upper(duration), '{_COUNTED}') and regexp_matches(duration, '\\d') then
         3600 * coalesce(try_cast(regexp_extract(upper(duration), '(\\d+)\\s*H', 1) as double), 0)
         + 60 * coalesce(try_cast(regexp_extract(upper(duration), '(\\d+)\\s*M', 1) as double), 0)
         + coalesce(try_cast(regexp_extract(upper(duration), '(\\d+)\\s*S', 1) as double), 0) end
"""
SECONDS: Final = f"case when ({_TOTAL}) <= {_LONGEST_CALL} then ({_TOTAL})::integer end"
"""Whole seconds. A missed call is -1 with some providers, and a text has none: both are 0."""

_PLAIN: Final = "nullif(regexp_replace(trim(coalesce({column}, '')), '[[:cntrl:]]', '', 'g'), '')"
CELL: Final = _PLAIN.format(column="cell")
IMSI: Final = f"regexp_replace({_PLAIN.format(column='imsi')}, '^(\\d{{15}})\\.0$', '\\1')"
_DIGITS: Final = "regexp_replace(regexp_replace(trim(coalesce(imei, '')), '\\.0$', ''), '[ ./-]', '', 'g')"
IMEI: Final = f"""
  case when regexp_matches({_DIGITS}, '^0*$') then null
       when regexp_matches({_DIGITS}, '^\\d{{14,16}}$') then substr({_DIGITS}, 1, 14)
       else {_PLAIN.format(column="imei")} end
"""
"""The first fourteen digits name a handset; the fifteenth is a check digit that some providers leave out."""
ROUNDED: Final = r"^\s*\d(\.\d+)?[eE]\+?\d+\s*$"
"""A long number that a spreadsheet has cut to its first digits: nothing brings the others back."""

REASONS: Final = {
    "time": "Write the time as 2026-03-27T14:30:00Z, as 27/03/2026 14:30:00, or as seconds. "
    "By the clock in London one hour in March does not exist.",
    "duration": "Write the duration as whole seconds or as 0:01:03, at most a week.",
    "kind": "Write call, text, data or forward, or leave it blank.",
    "direction": "Write in or out.",
    "imei": "A spreadsheet has rounded this number: export the column as text.",
}
WITHHELD: Final = (
    "", "withheld", "unavailable", "unknown", "private", "anonymous", "restricted", "number withheld", "no caller id",
    "no number", "blocked", "payphone", "null", "n/a", "-", "private number", "caller id withheld", "voicemail",
    "voice mail", "-1", "-2", "-3",
)  # fmt: skip
"""Words in place of a number: the other side of such a call is kept, and this one is nobody.

-1, -2 and -3 are how Android writes unknown, private and payphone.
"""
BOTH_WITHHELD: Final = "Neither number of this call is known."
