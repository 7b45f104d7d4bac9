"""What machines are answered with: the contract of version 1. A field may be added; none changes its meaning."""

from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from ninja import Schema
from pydantic import Field, StringConstraints

Row = TypeVar("Row")

NO_NUL = r"^[^\u0000]*$"
Words = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
Ref = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-[2-9A-Z]{4}-[2-9A-Z]{4}$")]


Count = Annotated[str, StringConstraints(pattern=r"^[0-9]{0,6}$")]
Word = Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z_ -]*$")]


class PageAsked(Schema):
    """Which page of a list."""

    after: Ref | None = Field(None, description="The cursor `next` of the page before.")
    size: int = Field(50, ge=1, le=100, description="How many at most.")


class WhyAsked(Schema):
    """Why a record is opened."""

    why: Words = Field(description="Why it is opened: it stands in the journal, and its owner can read it.")


class ReportsAsked(PageAsked):
    """Which reports."""

    owner: Word = Field("", description="The code of a body.")
    state: Word = Field("", description="One state of a report.")


class HitsAsked(PageAsked):
    """Which hits of the machine's own body."""

    state: Word = Field("", description="One state of its own side.")
    kind: Word = Field("", description="One kind of selector.")
    other: Word = Field("", description="The code of the other body.")


class LinesAsked(PageAsked):
    """Which lines."""

    state: Word = Field("", description="One state of a line.")
    body: Word = Field("", description="The code of the body that leads, or `none`.")


class MapAsked(WhyAsked):
    """Which lines of a map, and why they are taken."""

    state: Word = Field("", description="One state of a line, or `open`.")
    body: Word = Field("", description="The code of the body that leads, or `none`.")
    after: Count = Field("", description="The cursor `next` of the page before.")
    size: int = Field(500, ge=1, le=2000, description="How many at most.")


class ChartsAsked(Schema):
    """Which page of the charts."""

    after: Count = Field("", description="The cursor `next` of the page before.")
    size: int = Field(25, ge=1, le=100, description="How many at most.")


class ChartShort(Schema):
    """A link chart that the machine's body may open."""

    ref: str
    name: str
    by: str
    body_name: str
    changed_at: datetime


class FeatureShape(Schema):
    """One thing on a map (RFC 7946, section 3.2); without a geometry where nobody has said where it is."""

    type: Literal["Feature"]
    id: str | int
    geometry: dict[str, Any] | None
    properties: dict[str, Any]


class FeaturesShape(Schema):
    """Things on a map (RFC 7946, section 3.3), with their marking, and of a list the cursor of the next page."""

    type: Literal["FeatureCollection"]
    marking: str
    next: str | None = None
    features: list[FeatureShape]


class FaultShape(Schema):
    """What is wrong in one place."""

    pointer: str
    detail: str


class ProblemShape(Schema):
    """What was wrong, and what to do (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FaultShape] = Field(default_factory=list)


class Page(Schema, Generic[Row]):
    """So many things, and the cursor after which the next page starts: null at the end."""

    items: list[Row]
    next: str | None


class ChangesAsked(Schema):
    """From where the feed is read on."""

    after: Annotated[str, StringConstraints(max_length=200, pattern=r"^[A-Za-z0-9_-]*$")] = Field(
        "", description="The cursor `next` of the page before; none to begin with the first change."
    )
    size: int = Field(200, ge=1, le=1000, description="How many at most.")


class ChangedShape(Schema):
    """Something that was added or changed: open it by its reference to see how it stands."""

    kind: str
    ref: str
    at: datetime


class ChangesShape(Schema):
    """Changes in their order, the cursor to go on from, and whether there may be more to read at once."""

    items: list[ChangedShape]
    next: str
    is_more: bool


class ReportShort(Schema):
    """A report in a list."""

    ref: str
    title: str
    owner: str
    owner_name: str
    date_of_intelligence: date
    recorded_at: datetime
    grades: list[str]
    state: str
    marking: str


class ConditionsShape(Schema):
    """The terms under which something under handling code C is shared."""

    action: str
    sanitisation: str
    instructions: str


class SelectorShape(Schema):
    """A selector of an item; ``written`` is how a file of reports takes it back."""

    kind: str
    shown: str
    written: str


class ItemShape(Schema):
    """One item of a report with its grade, or '' while it waits for one."""

    ref: str
    number: int
    text: str
    grade: str
    scheme: str
    conditions: ConditionsShape | None
    selectors: list[SelectorShape]


class ProvenanceShape(Schema):
    """The provenance statement of a report with its own grade."""

    text: str
    grade: str
    conditions: ConditionsShape | None


class ReportShape(Schema):
    """A report as this machine may know it."""

    ref: str
    origin_ref: str
    title: str
    owner: str
    owner_name: str
    desk: str
    is_own: bool
    date_of_intelligence: date
    recorded_at: datetime
    recorded_by: str
    contact: str
    state: str
    marking: str
    circulation: list[str]
    is_sanitised: bool
    closed_at: datetime | None
    closed_why: str
    items: list[ItemShape]
    provenance: ProvenanceShape | None


class ReportsTaken(WhyAsked):
    """Which reports of a bulk answer, and why they are taken."""

    after: Ref | None = Field(None, description="The `ref` of the last whole line that was received.")
    size: int = Field(1000, ge=1, le=10_000, description="How many at most.")


class WholeGradeShape(Schema):
    """The codes of a grade as they were given; the last three stand under handling code C alone."""

    scheme: str
    source: str
    assessment: str
    handling: str
    action: str
    sanitisation: str
    instructions: str


class WholeItemShape(Schema):
    """One item; its selectors are written as in a file of reports. Without a grade while it waits for one."""

    number: int
    text: str
    grade: WholeGradeShape | None
    selectors: list[str]


class WholeReportShape(Schema):
    """One line of a bulk answer: a report as this machine may know it. A blank contact or caveat is the usual one."""

    ref: str
    origin_ref: str
    title: str
    owner: str
    owner_name: str
    date_of_intelligence: date
    recorded_at: datetime
    state: str
    is_sanitised: bool
    closed_at: datetime | None
    classification: str
    circulation: list[str]
    items: list[WholeItemShape]
    threats: list[str]
    priority: str
    caveat: str
    contact: str
    pii: str
    sensitive_source: str
    provenance: str
    provenance_grade: WholeGradeShape | None
    derived_from: list[str]
    replaces: list[str]


class HitShort(Schema):
    """A hit in a list: two bodies hold the same. ``state`` is that of one's own side."""

    ref: str
    kind: str
    shown: str
    other: str
    other_name: str
    state: str
    other_state: str
    rarity: float
    is_common: bool
    raised_at: datetime
    answer_by: datetime | None
    is_overdue: bool


class FactShape(Schema):
    """One value that is said of a line, with what supports it."""

    statement: str
    kind: str
    value: str
    shown: str
    detail: str
    first: date
    last: date
    ended: date | None
    grades: list[str]
    pieces: int


class KnownShape(Schema):
    """A line as far as this machine may know it."""

    name: str
    reach: str
    first_seen: date | None
    last_seen: date | None
    facts: list[FactShape]


class LineShort(Schema):
    """A line in a list."""

    ref: str
    state: str
    lead: str
    lead_name: str
    known: KnownShape


class PieceShape(Schema):
    """One piece of evidence of a line."""

    ref: str
    statement: str
    kind: str
    value: str
    shown: str
    detail: str
    from_on: date | None
    to_on: date | None
    words: str
    source_ref: str
    grade: str
    seen_on: date
    recorded_at: datetime
    body: str
    withdrawn_at: datetime | None


class LineShape(LineShort):
    """A line with each piece of evidence that this machine may know."""

    desk: str
    officer: str
    added_at: datetime
    closed_on: date | None
    merged_into: str
    pieces: list[PieceShape]


class CheckAsked(Schema, extra="forbid"):
    """What is checked, and why. ``kind`` is only needed where a value can be read in two ways."""

    value: Words
    why: Words
    kind: Annotated[str, StringConstraints(max_length=20, pattern=r"^[a-z_]*$")] = ""


class HoldingShape(Schema):
    """What one body holds: content, or existence with the desk to ring and no more."""

    degree: str
    body: str
    body_name: str
    desk: str
    desk_email: str
    ref: str | None
    since: date | None
    times: int | None


class CheckShape(Schema):
    """Who holds a value. Every holder is told of the check."""

    selector: str
    kind: str
    shown: str
    holdings: list[HoldingShape]


Cell = Annotated[str, StringConstraints(max_length=20_000)]
Cells = Annotated[list[Annotated[str, StringConstraints(max_length=500)]], Field(max_length=500)]


class ReportRow(Schema, extra="forbid"):
    """One row of a file of reports, an item each, with its columns; docs/formats.md says what each holds."""

    report: Cell
    date_of_intelligence: Cell = ""
    title: Cell = ""
    item: Cell | int = ""
    text: Cell = ""
    source: Cell = ""
    assessment: Cell = ""
    handling: Cell = ""
    action: Cell = ""
    sanitisation: Cell = ""
    instructions: Cell = ""
    marking: Cell = ""
    circulation: Cell | Cells = ""
    selectors: Cell | Cells = ""
    scheme: Cell = ""
    provenance: Cell = ""
    provenance_source: Cell = ""
    provenance_assessment: Cell = ""
    provenance_handling: Cell = ""
    provenance_action: Cell = ""
    provenance_sanitisation: Cell = ""
    provenance_instructions: Cell = ""
    threats: Cell | Cells = ""
    priority: Cell = ""
    caveat: Cell = ""
    contact: Cell = ""
    pii: Cell = ""
    sensitive_source: Cell = ""


class ReportsSent(Schema, extra="forbid"):
    """Reports as rows, those of one report together. All are kept, or none."""

    rows: Annotated[list[ReportRow], Field(min_length=1, max_length=1000)]


class ReportsKept(Schema):
    """What became of the rows: read = kept + unchanged."""

    read: int
    kept: int
    unchanged: int
    reports: int
    warnings: list[str]


class RefusedRow(Schema):
    """One line that was not kept: its number from 1, the column (blank if the whole line), and why."""

    line: int
    column: str
    reason: str


class BulkKept(ReportsKept):
    """What became of the lines: read = kept + unchanged + rejected. The first 200 that were refused are named."""

    rejected: int
    refusals: list[RefusedRow]


class TokenAsked(Schema):
    """The form of RFC 6749, section 4.4.2. A client may show its secret here or with HTTP Basic."""

    grant_type: str = ""
    scope: str = ""
    client_id: str = ""
    client_secret: str = ""


class TokenShape(Schema):
    """A token (RFC 6749, section 5.1)."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str


class TokenRefused(Schema):
    """Why there is none (RFC 6749, section 5.2)."""

    error: str
    error_description: str


class TokenEnded(Schema):
    """The token that is to open nothing any more (RFC 7009)."""

    token: str
