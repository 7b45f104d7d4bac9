"""The endpoints of TAXII 2.1 (OASIS Standard of June 2021): one API root, a collection of all and one of each body."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.interop.loading import load_things
from throughline.interop.models import Answer
from throughline.interop.problems import MEDIA, Problem
from throughline.interop.replays import KEPT, write_once
from throughline.interop.stix.back import take
from throughline.interop.stix.feed import Found, Match, objects_added
from throughline.interop.stix.names import NAMESPACE, at
from throughline.interop.taxii.door import door, taxii_answer
from throughline.kernel import clock
from throughline.organisations.queries import body_cards

MOST = 1_000
"""Objects on one page at most; who asks for more is given so many."""
PLAIN = "application/stix+json;version=2.1"
NONE = Problem(HTTPStatus.NOT_FOUND, "There is nothing here, or nothing that this machine may know.")


@dataclass(frozen=True, slots=True)
class Collection:
    """Reports of one body, or of all; ``owner`` is its code, '' for all."""

    id: str
    owner: str
    title: str

    def card(self, reader: Reader) -> dict[str, object]:
        """The collection resource as this reader finds it."""
        return {
            "id": self.id, "title": self.title, "can_read": reader.may(Permission.REPORT_READ),
            "can_write": self.takes(reader), "media_types": [PLAIN],
        }  # fmt: skip

    def takes(self, reader: Reader) -> bool:
        """Whether the reader may file reports here: a body files its own, and nobody else's."""
        return self.owner == reader.body_code and reader.may(Permission.REPORT_LOAD)


def _collections() -> dict[str, Collection]:
    named = {"": "All that you may know"} | {
        card.code: f"Reports of {card.name}" for card in body_cards().values()
    }
    found = (
        Collection(str(uuid5(NAMESPACE, f"collection {code}".strip())), code, title) for code, title in named.items()
    )  # fmt: skip
    return {one.id: one for one in found}


def _collection(number: UUID) -> Collection:
    if found := _collections().get(str(number)):
        return found
    raise NONE


@door("GET")
def discovery(request: HttpRequest, _: Reader) -> HttpResponse:
    """Which API roots there are: one."""
    root = request.build_absolute_uri(reverse("taxii-root"))
    title = {"title": "Throughline", "description": "Intelligence reports under need-to-know, as STIX 2.1."}
    return taxii_answer({**title, "default": root, "api_roots": [root]})


@door("GET")
def api_root(_: HttpRequest, __: Reader) -> HttpResponse:
    """What the API root takes."""
    return taxii_answer(
        {
            "title": "Intelligence reports",
            "versions": [MEDIA],
            "max_content_length": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        }
    )


@door("GET")
def collections(_: HttpRequest, reader: Reader) -> HttpResponse:
    """Every collection, each as this reader may use it."""
    return taxii_answer({"collections": [one.card(reader) for one in _collections().values()]})


@door("GET")
def collection(_: HttpRequest, reader: Reader, number: UUID) -> HttpResponse:
    """One collection."""
    return taxii_answer(_collection(number).card(reader))


@door("GET", "POST")
def objects(request: HttpRequest, reader: Reader, number: UUID) -> HttpResponse:
    """The objects of a collection, oldest first; or objects for it, with a status resource of what became of each."""
    of = _collection(number)
    if request.method == "POST":
        return _take(request, reader, of)
    found = _found(request, reader, of)
    return _page(found, [one.thing for one in found.objects])


@door("GET")
def one_object(request: HttpRequest, reader: Reader, number: UUID, name: str) -> HttpResponse:
    """One object, as it stands: there is one version of it."""
    found = _named(request, reader, number, name)
    return _page(found, [one.thing for one in found.objects])


@door("GET")
def versions(request: HttpRequest, reader: Reader, number: UUID, name: str) -> HttpResponse:
    """The versions of an object: the present one."""
    found = _named(request, reader, number, name)
    return _page(found, [one.version for one in found.objects], "versions")


@door("GET")
def manifest(request: HttpRequest, reader: Reader, number: UUID) -> HttpResponse:
    """What the objects of a collection are called, and since when they stand so."""
    found = _found(request, reader, _collection(number))
    rows = [
        {"id": one.thing["id"], "date_added": one.added, "version": one.version, "media_type": PLAIN}
        for one in found.objects
    ]
    return _page(found, rows)


@door("GET")
def status(_: HttpRequest, reader: Reader, number: UUID) -> HttpResponse:
    """What became of the objects of one POST, for a day, for the machine that sent them."""
    with reading(reader):
        since = clock.now() - KEPT
        row = Answer.objects.filter(person=reader.person, key=_status_key(number), at__gte=since).first()
    if row is None:
        raise NONE
    return taxii_answer(row.content)


def _page(found: Found, rows: Sequence[object], called: str = "objects") -> HttpResponse:
    more = {"more": True, "next": found.next} if found.next else {"more": False}
    answer = taxii_answer({**more, called: rows} if rows or found.next else {})
    if found.objects:
        answer.headers["X-TAXII-Date-Added-First"] = found.objects[0].added
        answer.headers["X-TAXII-Date-Added-Last"] = found.objects[-1].added
    return answer


def _named(request: HttpRequest, reader: Reader, number: UUID, name: str) -> Found:
    found = _found(request, reader, _collection(number), name)
    if not found.objects and not request.GET:
        raise NONE
    return found


def _found(request: HttpRequest, reader: Reader, of: Collection, name: str = "") -> Found:
    asked = request.GET
    return objects_added(
        reader, owner=of.owner, size=_size(asked.get("limit", "")), cursor=asked.get("next", ""),
        after=_moment(asked.get("added_after", "")),
        match=Match(
            ids=frozenset({name}) if name else _words(asked, "id"), types=_words(asked, "type"),
            versions=_words(asked, "version"), specs=_words(asked, "spec_version"),
        ),
    )  # fmt: skip


def _words(asked: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(one.strip() for one in asked.get(f"match[{name}]", "").split(",") if one.strip())


def _size(text: str) -> int:
    if not text:
        return MOST
    if not (text.isascii() and text.isdecimal() and int(text[:9])):
        raise Problem(HTTPStatus.BAD_REQUEST, "The limit is a whole number from 1.")
    return min(int(text[:9]), MOST)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Problem(HTTPStatus.BAD_REQUEST, "added_after is a moment such as 2026-11-20T10:30:00.000Z.")
    return found


def _take(request: HttpRequest, reader: Reader, of: Collection) -> HttpResponse:
    """Load what was sent at once, and keep what became of it for a day, in one transaction."""
    if not of.takes(reader):
        raise Problem(
            HTTPStatus.FORBIDDEN, "A machine writes to the collection of its own body, if it may load."
        )
    try:
        sent = json.loads(request.body)["objects"]
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, "Send an envelope: an object with a list `objects`."
        ) from problem
    if not isinstance(sent, list) or not sent:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Send an envelope with at least one of `objects`.")
    number = uuid4()
    _, content, _ = write_once(
        reader, key=_status_key(number), asked=str(number), write=lambda: (202, _load(reader, number, sent))
    )
    return taxii_answer(content, HTTPStatus.ACCEPTED)


def _load(reader: Reader, number: UUID, sent: Sequence[object]) -> dict[str, object]:
    begun = at(clock.now())
    done = load_things(by=reader, things=sent, take=take)
    reasons = {one.place: one.reason for one in done.refused}
    successes, failures = [], []
    for place, thing in enumerate(sent, 1):
        known = thing if isinstance(thing, dict) else {}
        version = str(known.get("modified") or known.get("created") or begun)
        row = {"id": str(known.get("id", "")), "version": version}
        if place in reasons:
            failures.append({**row, "message": reasons[place]})
        else:
            successes.append(row)
    return {
        "id": str(number), "status": "complete", "request_timestamp": begun, "total_count": len(sent),
        "success_count": len(successes), "successes": successes, "failure_count": len(failures), "failures": failures,
        "pending_count": 0,
    }  # fmt: skip


def _status_key(number: UUID) -> str:
    return f"taxii:{number}"
