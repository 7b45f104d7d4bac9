"""The operations of version 1. Each asks the query or the service that a page asks."""

import json
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Form, Header, Query, Status
from pydantic import Field, StringConstraints

from throughline.access.addresses import address_of
from throughline.access.machines import MachineRefused, end_token, issue_token
from throughline.access.pace import is_spent, spend
from throughline.access.permissions import Permission
from throughline.intelligence.loading import load_reports
from throughline.intelligence.queries import report_list, report_page
from throughline.interop.api import api, operation, tagged
from throughline.interop.bulk import MEDIA, answer_of, keep_rows, receive, report_lines
from throughline.interop.changes import changes_since
from throughline.interop.cursors import UnknownPlace
from throughline.interop.door import CHECKS, REFUSALS, Asked, Machine, credentials, keep_pace, too_often
from throughline.interop.problems import Fault, Problem
from throughline.interop.replays import write_once
from throughline.interop.shapes import (
    BulkKept,
    ChangesAsked,
    ChangesShape,
    ChartsAsked,
    ChartShort,
    CheckAsked,
    CheckShape,
    FeaturesShape,
    HitsAsked,
    HitShort,
    LinesAsked,
    LineShape,
    LineShort,
    MapAsked,
    Page,
    Ref,
    ReportsAsked,
    ReportShape,
    ReportShort,
    ReportsKept,
    ReportsSent,
    ReportsTaken,
    TokenAsked,
    TokenEnded,
    TokenRefused,
    TokenShape,
    WholeReportShape,
    WhyAsked,
)
from throughline.lines.files import geojson_of
from throughline.lines.queries import line_list, line_page
from throughline.lines.ranking import ranked_lines
from throughline.matching.queries import hit_list
from throughline.matching.services import CheckProblem, run_check
from throughline.network.chart.files import geojson_of as chart_geojson
from throughline.network.chart.files import graphml_of
from throughline.network.chart.queries import ChartPage, chart_list, chart_page, note_taken
from throughline.selectors.registry import NotASelector, parse

P = Permission
GEOJSON, GRAPHML = "application/geo+json", "application/graphml+xml"
Key = Annotated[
    str, StringConstraints(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._:-]+$"),
    Field(description="A name of your own for this write. Sent again within a day it gives the same answer."),
]  # fmt: skip
MISSING = Problem(
    HTTPStatus.NOT_FOUND, "There is none of this reference, or none that this machine may know."
)


@operation("GET", "/reports", name="api-reports", needs=P.REPORT_READ, response=Page[ReportShort])
def list_reports(request: Asked, asked: Query[ReportsAsked]) -> dict[str, Any]:
    """Reports that the machine may know, newest first, of one body or in one state if you like."""
    found = report_list(
        request.auth, owner=asked.owner, state=asked.state, before=asked.after or "", size=asked.size
    )
    return {"items": found.rows, "next": found.next_before or None}


@operation(
    "GET", "/reports.ndjson", name="api-reports-bulk", needs=P.REPORT_READ, response=WholeReportShape, media=MEDIA,
)  # fmt: skip
def take_reports(request: Asked, asked: Query[ReportsTaken]) -> StreamingHttpResponse:
    """Reports that the machine may know, whole and oldest first, one a line (NDJSON), streamed.

    Ask again with `after` the `ref` of the last whole line until an answer is empty. A machine that was killed goes on
    the same way. What is changed meanwhile is among the changes.
    """
    try:
        lines = report_lines(request.auth, why=asked.why, after=asked.after or "", size=asked.size)
    except UnknownPlace as problem:
        raise Problem(HTTPStatus.BAD_REQUEST, str(problem)) from problem
    return StreamingHttpResponse(lines, content_type=MEDIA)


@operation(
    "POST", "/reports.ndjson", name="api-reports-bulk", needs=P.REPORT_LOAD,
    response={200: BulkKept, 201: BulkKept}, takes=MEDIA,
    refuses=(HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
)  # fmt: skip
def send_reports_in_bulk(
    request: Asked,
    response: HttpResponse,
    idempotency_key: Annotated[Key | None, Header(alias="Idempotency-Key")] = None,
) -> Any:
    """File rows of reports of the machine's own body, one a line (NDJSON), up to 50 MB at once.

    Each report is kept or refused for itself. Mend what is refused and send all again: what is held stays as it is.
    201 when any was kept, 200 when none was.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sent.ndjson"
        digest = receive(request, path)
        return _once(request, response, idempotency_key, digest, lambda: keep_rows(request.auth, path))


@operation(
    "GET", "/reports/{ref}", name="api-report", needs=P.REPORT_READ, response=ReportShape,
    refuses=(HTTPStatus.NOT_FOUND,),
)  # fmt: skip
def open_report(request: Asked, ref: Ref, asked: Query[WhyAsked]) -> Any:
    """One report with its items, as far as the machine may know it."""
    found = report_page(request.auth, ref, why=asked.why)
    if found is None:
        raise MISSING
    return found


@operation(
    "POST", "/reports", name="api-reports", needs=P.REPORT_LOAD,
    response={200: ReportsKept, 201: ReportsKept}, refuses=(HTTPStatus.CONFLICT,),
)  # fmt: skip
def send_reports(
    request: Asked,
    response: HttpResponse,
    sent: ReportsSent,
    idempotency_key: Annotated[Key | None, Header(alias="Idempotency-Key")] = None,
) -> Any:
    """File reports of the machine's own body. One row that is refused refuses all, and each refusal is named.

    201 when any was kept; 200 when all of them were held already, word for word.
    """
    rows = [row.model_dump(exclude_unset=True) for row in sent.rows]
    return _once(request, response, idempotency_key, rows, lambda: _load(request, rows))


def _once(
    request: Asked, response: HttpResponse, key: str | None, asked: object,
    write: Callable[[], tuple[int, dict[str, Any]]],
) -> Status[dict[str, Any]]:  # fmt: skip
    """Do a write, or give again what the same key was answered before, and say so."""
    status, content, again = write_once(request.auth, key=key or "", asked=asked, write=write)
    if again:
        response.headers["Idempotency-Replayed"] = "true"
    return Status(status, content)


def _load(request: Asked, rows: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
    """By the one road of a file: what is refused there is refused here, with the same words."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sent.jsonl"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        done = load_reports(by=request.auth, path=path, all_or_nothing=True)
    if done.refusals:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"{len(done.refusals)} of {done.read} rows were refused, so nothing was kept: see errors.",
            [Fault(f"#/rows/{row.line - 1}/{row.column}".rstrip("/"), row.reason) for row in done.refusals],
        )
    return answer_of(done)


@operation("POST", "/checks", name="api-checks", needs=P.CHECK_RUN, response=CheckShape)
def check_value(request: Asked, asked: CheckAsked) -> Any:
    """Check a value before acting: who holds it. It is sent in the body, since an address stays in logs.

    The check is in the journal, and each holder is told who asked, and why.
    """
    keep_pace(request.auth, CHECKS)
    try:
        selector = parse(asked.value, asked.kind or None)
        holdings = run_check(by=request.auth, selector=selector, why=asked.why)
    except NotASelector as problem:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, str(problem), [Fault("#/value", str(problem))]
        ) from problem
    except CheckProblem as problem:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, str(problem), [Fault("#/why", str(problem))]
        ) from problem
    return {"selector": selector.key, "kind": selector.kind, "shown": selector.shown, "holdings": holdings}


@operation("GET", "/hits", name="api-hits", needs=P.HIT_READ, response=Page[HitShort])
def list_hits(request: Asked, asked: Query[HitsAsked]) -> dict[str, Any]:
    """The hits of the machine's body, oldest first: asked for with the last cursor, it goes on where it ended."""
    found = hit_list(
        request.auth,
        state=asked.state,
        kind=asked.kind,
        other=asked.other,
        size=asked.size,
        oldest_first=True,
        after=asked.after or "",
    )
    return {"items": found.rows, "next": found.rows[-1].ref if found.next_offset is not None else None}


@operation("GET", "/lines", name="api-lines", needs=P.LINE_READ, response=Page[LineShort])
def list_lines(request: Asked, asked: Query[LinesAsked]) -> dict[str, Any]:
    """County lines that the machine may know, newest first; `body` is the code of the body that leads, or `none`."""
    found = line_list(
        request.auth, state=asked.state, body=asked.body, before=asked.after or "", size=asked.size
    )
    return {"items": found.rows, "next": found.next_before or None}


@operation(
    "GET", "/lines/{ref}", name="api-line", needs=P.LINE_READ, response=LineShape, refuses=(HTTPStatus.NOT_FOUND,)
)  # fmt: skip
def open_line(request: Asked, ref: Ref, asked: Query[WhyAsked]) -> Any:
    """One line with the evidence that the machine may know."""
    found = line_page(request.auth, ref, why=asked.why)
    if found is None:
        raise MISSING
    return found


@operation(
    "GET", "/lines.geojson", name="api-lines-geojson", needs=P.LINE_READ, response=FeaturesShape, media=GEOJSON,
)  # fmt: skip
def map_lines(request: Asked, asked: Query[MapAsked]) -> HttpResponse:
    """County lines that the machine may know as GeoJSON (RFC 7946), the highest score first.

    Each is the ways between the areas that it comes from and those that it sells in. `next` stands beside the
    features: ask again with `after` until it is null.
    """
    offset = int(asked.after or 0)
    found = ranked_lines(
        request.auth, state=asked.state, body=asked.body, offset=offset, size=asked.size, why=asked.why
    )
    following = offset + len(found.rows)
    more = {"next": str(following) if following < found.total else None}
    marking = _marking(request, "County lines")
    return _file(request, geojson_of(found.rows, marking=marking, states={}, more=more), GEOJSON)


@operation("GET", "/charts", name="api-charts", needs=P.LINE_READ, response=Page[ChartShort])
def list_charts(request: Asked, asked: Query[ChartsAsked]) -> dict[str, Any]:
    """The link charts that were shared with the machine's body, the last changed first."""
    offset = int(asked.after or 0)
    rows, is_more = chart_list(request.auth, offset=offset, size=asked.size)
    return {"items": rows, "next": str(offset + len(rows)) if is_more else None}


@operation(
    "GET", "/charts/{ref}.graphml", name="api-chart-graphml", needs=P.LINE_READ, response=str, media=GRAPHML,
    refuses=(HTTPStatus.NOT_FOUND,),
)  # fmt: skip
def open_chart_as_graphml(request: Asked, ref: Ref, asked: Query[WhyAsked]) -> HttpResponse:
    """A chart's things and what ties them, as far as the machine may know them: GraphML."""
    found = _chart(request, ref, asked.why, "graphml")
    return _file(request, graphml_of(found, _of_chart(request, found)), GRAPHML)


@operation(
    "GET", "/charts/{ref}.geojson", name="api-chart-geojson", needs=P.LINE_READ, response=FeaturesShape, media=GEOJSON,
    refuses=(HTTPStatus.NOT_FOUND,),
)  # fmt: skip
def open_chart_as_geojson(request: Asked, ref: Ref, asked: Query[WhyAsked]) -> HttpResponse:
    """A chart's things as far as the machine may know them, lines where they come from and sell: GeoJSON."""
    found = _chart(request, ref, asked.why, "geojson")
    return _file(request, chart_geojson(found, _of_chart(request, found)), GEOJSON)


def _chart(request: Asked, ref: str, why: str, kind: str) -> ChartPage:
    found = chart_page(request.auth, ref, why=why)
    if found is None:
        raise MISSING
    note_taken(request.auth, ref, kind=kind, things=len(found.spots))
    return found


def _marking(request: Asked, what: str) -> str:
    """Of whose knowledge a file is; a machine's clock does not stand in it, as the same is to have the same tag."""
    return f"OFFICIAL-SENSITIVE. {what} as far as {request.auth.name}, {request.auth.body_name}, may know."


def _of_chart(request: Asked, chart: ChartPage) -> list[str]:
    said = [f"Handling code C: {one}" for one in chart.handling]
    return [_marking(request, f"Chart {chart.ref}"), *said]


def _file(request: Asked, text: str, media: str) -> HttpResponse:
    return tagged(request, HttpResponse(text, content_type=media))


@operation("GET", "/changes", name="api-changes", needs=None, response=ChangesShape)
def list_changes(request: Asked, asked: Query[ChangesAsked]) -> Any:
    """What was added or changed since a cursor, for a machine that goes on where it ended.

    Each change is given once and none is missed, wherever the machine stopped. It holds the kinds that the token is
    for: `report:read`, `hit:read`, `line:read`. Not all that a page looks through is for the machine, so one may be
    empty while there is more.
    """
    try:
        return changes_since(request.auth, asked.after, size=asked.size)
    except UnknownPlace as problem:
        raise Problem(HTTPStatus.BAD_REQUEST, str(problem)) from problem


@api.post("/token", url_name="api-token", auth=None, response={200: TokenShape, 400: TokenRefused, 401: TokenRefused},
          openapi_extra={"x-refuses": [422, 429]})  # fmt: skip
def give_token(request: HttpRequest, response: HttpResponse, asked: Form[TokenAsked]) -> Any:
    """A token for the client credentials of RFC 6749, section 4.4; `scope` may ask for less than all."""
    if held_up := is_spent(REFUSALS, who=address_of(request)):
        raise too_often(held_up, "Too many clients were refused at this address. Ask again later.")
    if asked.grant_type != "client_credentials":
        return _refused(400, "unsupported_grant_type", "The grant_type is client_credentials.")
    client, secret = credentials(request) or (asked.client_id, asked.client_secret)
    try:
        issued = issue_token(client=client, secret=secret, scopes=asked.scope.split())
    except MachineRefused as refusal:
        if refusal.error == "invalid_client":
            spend(REFUSALS, who=address_of(request), by=None)
            response.headers["WWW-Authenticate"] = 'Basic realm="throughline"'
            return _refused(401, refusal.error, str(refusal))
        return _refused(400, refusal.error, str(refusal))
    return {
        "access_token": issued.token, "token_type": "Bearer", "expires_in": issued.seconds,
        "scope": " ".join(issued.scopes),
    }  # fmt: skip


def _refused(status: int, error: str, sentence: str) -> Status[dict[str, str]]:
    return Status(status, {"error": error, "error_description": sentence})


@api.post("/token/end", url_name="api-token-end", auth=Machine(), response={204: None},
          openapi_extra={"x-refuses": [401, 403, 422, 429]})  # fmt: skip
def revoke_token(request: Asked, sent: Form[TokenEnded]) -> Any:
    """Let a token of this machine open nothing any more (RFC 7009)."""
    end_token(by=request.auth, token=sent.token)
    return Status(204, None)
