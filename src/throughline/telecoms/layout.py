"""What the columns of a file of calls hold: guessed by their headings, or said once in a map that a body keeps."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

USES: Final = (
    "time", "date", "clock", "caller", "callee", "number", "other", "direction", "duration", "cell", "kind", "imei",
    "imsi", "forwarded_to", "forwarded_by",
)  # fmt: skip
USE_NAMES: Final[Mapping[str, str]] = {
    "time": "Date and time", "date": "Date alone", "clock": "Time of day alone", "caller": "Number that rang",
    "callee": "Number that was rung", "number": "Number whose records these are", "other": "The other number",
    "direction": "In or out", "duration": "Duration", "cell": "Cell", "kind": "Call, text or data",
    "imei": "Handset (IMEI)", "imsi": "SIM (IMSI)",
    "forwarded_to": "Number that the call was forwarded to", "forwarded_by": "Number that forwarded the call",
}  # fmt: skip
UTC, LONDON = "UTC", "Europe/London"

_NAMES: Final = {
    "time": "timestamp datetime date_time start start_ts call_start event_time epoch epoch_ms start_date_time "
    "time_stamp date/time call_date_time date_and_time start_time event_start event_date_time utc_time",
    "date": "call_date start_date event_date day",
    "clock": "call_time time_of_day event_clock",
    "caller": "sender from a_number source calling calling_number orig originating a_party a_no originator "
    "calling_party calling_party_number a anumber msisdn_a originating_number from_number",
    "callee": "recipient receiver to b_number target called called_number dest destination b_party b_no dialled "
    "dialled_number called_party called_party_number b bnumber msisdn_b terminating_number to_number dialled_digits",
    "number": "msisdn subject subscriber own_number target_number subject_number user_number",
    "other": "other_party correspondent correspondent_id contact other_number other_msisdn remote_number",
    "direction": "in_out call_direction in/out",
    "duration": "seconds call_duration duration_seconds dur_s dur length secs call_length duration_secs duration_s",
    "cell": "cell_id antenna antenna_id cgi ecgi cgi_start first_cell start_cell cellid start_cell_id first_cell_id "
    "cell_site cell_start",
    "kind": "type interaction service event call_type event_type record_type usage_type service_type",
    "imei": "handset imei_number device_imei imei_a",
    "imsi": "imsi_number imsi_a",
    "forwarded_to": "c_number c_party c_no cnumber forwarded_to_number forwarded_number forward_to forward_to_number "
    "diverted_to diverted_to_number divert_to third_number third_party third_party_number",
    "forwarded_by": "forwarding_number forwarded_from diverting_number diverted_from redirecting_number "
    "redirecting_party original_called_number originally_called_number",
}
# What a third number is, headings do not always say: by the telephone engineers' A, B and C it is where the call went.
_MEANS: Final = {name: name for name in USES} | {
    word: name for name, words in _NAMES.items() for word in words.split()
}
_SIDES: Final = (("caller", "callee"), ("number", "other", "direction"), ("other", "direction"))


@dataclass(frozen=True, slots=True)
class CallLayout:
    """What each heading is used for, and how the file writes its times.

    ``zone`` is that of times without one (blank: UTC for ISO 8601, the clock in London for days written day first);
    ``own`` is the number whose records these are, where no column says so; ``header_line`` is 0 where it is to be
    found; ``opaque`` says that the numbers are pseudonyms.
    """

    uses: Mapping[str, str] = field(default_factory=dict)
    zone: str = ""
    month_first: bool = False
    own: str = ""
    sheet: str = ""
    header_line: int = 0
    opaque: bool = False


def lacking(used: set[str], *, own: str = "") -> str:
    """What these columns lack to be calls, in words; blank where nothing is lacking."""
    if "time" not in used and not {"date", "clock"} <= used:
        return "time"
    if used.issuperset(_SIDES[0]) or used.issuperset(_SIDES[1]) or (own and used.issuperset(_SIDES[2])):
        return ""
    if "other" in used or "direction" in used or "number" in used:
        return next((use for use in ("other", "direction") if use not in used), "number")
    return "callee" if "caller" in used else "caller"


def guess_uses(headings: Sequence[str]) -> dict[str, str]:
    """What each heading is used for, by its words; a heading that says nothing is left out.

    Beside a column of days alone, one called time is the time of day.
    """
    names = [heading_name(heading) for heading in headings]
    meant = [_MEANS.get(name, "") for name in names]
    if "date" in meant:
        meant = [
            "clock" if use == "time" and name in _CLOCKS else use
            for use, name in zip(meant, names, strict=True)
        ]
    elif "clock" in meant and "time" not in meant:
        meant = ["time" if use == "clock" else use for use in meant]
    return {heading: use for heading, use in zip(headings, meant, strict=True) if use}


def heading_name(heading: str) -> str:
    """A heading as names of columns are written: small letters, underscores for spaces."""
    return re.sub(r"[\s_-]+", "_", heading.strip().strip("\ufeff").casefold()).strip("_.:#")


_CLOCKS: Final = frozenset({"time", "start_time", "start", "event_time"})
