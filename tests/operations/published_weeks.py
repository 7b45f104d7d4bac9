"""The published weeks: days as printed or as near as is known, what each source printed, and who printed it.

A measure that is not named was not printed in what was read: press accounts of 2019 to 2025.
"""

from dataclasses import dataclass, field

CENTRE, EMSOU, MPS = "nclcc", "emsou", "mps"


@dataclass(frozen=True)
class Week:
    """A published week. ``typed`` is what goes into the form, ``derived`` what its parts add up to, unprinted."""

    name: str
    starts: str
    ends: str
    typed: dict[str, str]
    by: str = CENTRE
    note: str = ""
    derived: dict[str, str] = field(default_factory=dict)
    lead: str = ""


NOT_READ = "The days were not read"
WEEKS = (
    Week("January 2019", "1 January 2019", "31 January 2019", {"arrests": "over 600"}, note=NOT_READ),
    Week(
        "May 2019", "13 May 2019", "20 May 2019",
        {
            "arrests": "586", "arrests_men": "500", "arrests_women": "86", "safeguarded_adults": "519",
            "safeguarded_children": "364", "nrm": "30", "weapons": "46", "firearms": "4", "weapons_other": "42",
            "cash": "£312,649", "cocaine_gbp": "£176,780", "crack_gbp": "£36,550", "heroin_gbp": "£17,950",
        },
        derived={"safeguarded": "883", "class_a_gbp": "231,280", "drugs_gbp": "231,280"},
        lead="More than 500 suspected members, almost 600 in all.",
    ),
    Week(
        "October 2019", "Monday 7 October 2019", "Sunday 13 October 2019",
        {
            "arrests": "743", "arrests_men": "652", "arrests_women": "91", "lines_disrupted": "49", "cuckooed": "655",
            "safeguarded_adults": "389", "safeguarded_children": "292", "nrm": "41", "weapons": "169",
            "firearms": "12", "weapons_other": "157", "cocaine_gbp": "253,200", "crack_gbp": "100,170",
            "heroin_gbp": "72,670",
        },
        derived={"safeguarded": "681", "class_a_gbp": "426,040", "drugs_gbp": "426,040"},
        lead="More than 700 arrests",
    ),
    Week(
        "September 2020", "Monday 14 September 2020", "Sunday 20 September 2020",
        {
            "arrests": "1,041", "cuckooed": "861", "safeguarded": "1,551", "nrm": "69", "weapons": "196",
            "firearms": "18", "bladed": "135", "weapons_other": "43", "cash": "£526,000", "devices": "102",
            "cocaine_gbp": "£876k", "crack_gbp": "£87k", "heroin_gbp": "£234k",
        },
        derived={"class_a_gbp": "1,197,000", "drugs_gbp": "1,197,000"}, lead="Drugs of more than £1 million",
    ),
    Week(
        "May 2021", "1 May 2021", "31 May 2021",
        {
            "arrests": "1,100", "lines_identified": "80", "cuckooed": "904", "safeguarded": "1,138", "weapons": "292",
            "firearms": "33", "bladed": "219", "weapons_other": "40",
        },
        note=NOT_READ,
    ),
    Week("The week before October 2022", "1 March 2022", "31 March 2022", {"lines_closed": "104"},
         note="Not read, and probably March 2022"),
    Week(
        "October 2022", "Monday 3 October 2022", "Sunday 9 October 2022",
        {
            "arrests": "1,360", "lines_closed": "172", "weapons": "321", "firearms": "43", "bladed": "228",
            "weapons_other": "50", "cash": "£987,562", "drugs_gbp": "over £2.7m", "crack_kg": "9",
            "heroin_kg": "15.3", "cocaine_kg": "48.1", "cannabis_kg": "69",
        },
        derived={"class_a_kg": "72.4", "class_b_kg": "69"},
    ),
    Week(
        "An undated week", "1 October 2023", "31 October 2023",
        {
            "arrests": "1,600", "firearms": "33", "bladed": "377", "cash": "£1.2m", "class_a_kg": "40",
            "class_a_gbp": "over £1.2m", "cannabis_kg": "100",
        },
        note="Undated, and probably October 2023",
        derived={"weapons": "410", "drugs_gbp": "over 1,200,000", "class_b_kg": "100"},
    ),
    Week(
        "March 2024", "1 March 2024", "31 March 2024",
        {
            "arrests": "over 1,800", "safeguarded": "over 1,600", "weapons": "660", "firearms": "96", "bladed": "466",
            "weapons_other": "98", "cash": "£1.8m", "drugs_gbp": "over £2.5m",
        },
        note=NOT_READ,
    ),
    Week(
        "November 2024, East Midlands, early", "Monday 25 November 2024", "Sunday 1 December 2024",
        {
            "arrests": "110", "lines_closed": "15", "cuckooed": "67", "nrm": "5", "cash": "over £38k",
            "contacts": "277,000",
        },
        by=EMSOU,
    ),
    Week(
        "June 2025", "Monday 23 June 2025", "Sunday 29 June 2025",
        {
            "arrests": "1,965", "lines_closed": "241", "safeguarded_children": "620", "safeguarded_adults": "559",
            "weapons": "501", "cash": "about £2.4m", "class_a_kg": "about 178",
        },
        derived={"safeguarded": "1,179"},
    ),
    Week(
        "June 2025, London", "23 June 2025", "29 June 2025",
        {
            "arrests": "301", "charged": "111", "lines_closed": "over 100", "safeguarded": "260", "weapons": "78",
            "firearms": "12", "cash": "over £600k", "class_a_kg": "almost 70",
        },
        by=MPS,
    ),
    Week(
        "June 2025, East Midlands", "23 June 2025", "29 June 2025",
        {
            "arrests": "94", "cuckooed": "84", "safeguarded": "91", "weapons": "11", "firearms": "11",
            "cash": "over £66k", "class_a_gbp": "over £300k", "cannabis_gbp": "over £300k",
        },
        by=EMSOU, derived={"class_b_gbp": "over 300,000", "drugs_gbp": "over 600,000"},
    ),
)  # fmt: skip
