"""How the cells of a row of calls are read: an expression of SQL for each column, and why one cannot be read."""

from typing import Final

_NUMBER: Final = r"^\s*\d+(\.\d+)?\s*$"
_ISO: Final = r"^\s*\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(Z|z|[+-]\d{2}(:?\d{2})?)?\s*$"
_LAST_SECOND: Final = 4_102_444_800
"""1 January 2100. What is above is not seconds since 1970."""

AT: Final = f"""
  case when regexp_matches("time", '{_NUMBER}')
       then case when try_cast("time" as double) < {_LAST_SECOND}
            then make_timestamp((try_cast("time" as double) * 1000000)::bigint) end
       when regexp_matches("time", '{_ISO}')
       then try_cast(replace(upper(trim("time")), ',', '.') as timestamptz) at time zone 'UTC' end
"""
"""A moment in UTC. One without a zone is read as UTC; a bare number is seconds since 1970, or since a study began."""

KINDS: Final = {
    "call": ("", "call", "voice", "c", "moc", "mtc"),
    "text": ("text", "sms", "t", "sms-mo", "sms-mt"),
}
_IN: Final = {kind: ", ".join(f"'{word}'" for word in words) for kind, words in KINDS.items()}
KIND: Final = f"""
  case when lower(trim(coalesce(kind, ''))) in ({_IN["call"]}) then 'call'
       when lower(trim(coalesce(kind, ''))) in ({_IN["text"]}) then 'text' end
"""

_LONGEST_CALL: Final = 7 * 86_400
SECONDS: Final = f"""
  case when trim(coalesce(duration, '')) in ('', '-1', '-1.0') then 0
       when regexp_matches(duration, '{_NUMBER}') and try_cast(duration as double) <= {_LONGEST_CALL}
       then round(try_cast(duration as double))::integer end
"""
"""Whole seconds. A missed call is -1 with some providers, and a text has none: both are 0."""

_PLAIN: Final = "nullif(regexp_replace(trim(coalesce({column}, '')), '[[:cntrl:]]', '', 'g'), '')"
CELL: Final = _PLAIN.format(column="cell")
IMSI: Final = _PLAIN.format(column="imsi")
IMEI: Final = f"""
  case when regexp_matches(coalesce(imei, ''), '^\\s*\\d{{14,16}}\\s*$') then substr(trim(imei), 1, 14)
       else {_PLAIN.format(column="imei")} end
"""
"""The first fourteen digits name a handset; the fifteenth is a check digit that some providers leave out."""

REASONS: Final = {
    "time": "Write the time as 2026-03-27T14:30:00Z, or as seconds.",
    "duration": "Write the duration as whole seconds, at most a week.",
    "kind": "Write call or text, or leave it blank.",
}
WITHHELD: Final = (
    "",
    "withheld",
    "unavailable",
    "unknown",
    "private",
    "anonymous",
    "restricted",
    "number withheld",
)
"""Words in place of a number: the other side of such a call is kept, and this one is nobody."""
BOTH_WITHHELD: Final = "Neither number of this call is known."
