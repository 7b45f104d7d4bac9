"""What the flow does for search: takes new values in, and runs saved searches over what is new, as their own people."""

import json
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from django.db import connection
from django.db.backends.utils import CursorWrapper

from throughline.access.permissions import Permission
from throughline.access.queries import reader_numbered
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.kernel.outbox import Payload
from throughline.organisations.queries import body_ids
from throughline.search.asked import read_text
from throughline.search.doors import known_people, known_reports, known_values
from throughline.search.models import Alert, SavedSearch
from throughline.search.names import LEAST, likeness
from throughline.search.narrowed import Narrowed, News
from throughline.selectors.kinds.person import person_parts
from throughline.selectors.models import Sighting
from throughline.selectors.names import words_of
from throughline.selectors.registry import Selector


def run_saved_searches(facts: Sequence[Payload]) -> None:
    """Let search find what is new, and note for each saved search what of it its own person may know."""
    noted = [i for fact in facts for i in fact.get("sightings", ())]
    reports = [
        i
        for fact in facts
        for i in (*fact.get("reports", ()), *([fact["report"]] if "report" in fact else ()))
    ]
    with connection.cursor() as cursor:
        cursor.execute("select search_news(%s, %s)", [reports, noted])
        news = json.loads(cursor.fetchone()[0])
        _name(cursor, news["people"])
        if not news["saved"]:
            return  # as in many an instance: what follows reads every word
        sightings = news["sightings"]
        cursor.execute("select person, id from search_candidates(%s, %s)", [reports, sightings])
        candidates = cursor.fetchall()
    for person, rows in groupby(candidates, key=itemgetter(0)):
        reader = reader_numbered(person)
        if reader and reader.may(Permission.SEARCH_RUN):
            _run(reader, [saved for _, saved in rows], News(reports, sightings))


def _name(cursor: CursorWrapper, people: Sequence[tuple[int, str]]) -> None:
    """Write down the names in the keys of new people as words."""
    if people:
        names = [" ".join(words_of(name_in(key))) for _, key in people]
        cursor.execute("select search_name(%s, %s)", [[number for number, _ in people], names])


def name_in(key: str) -> str:
    """Given names and surname, from the key of a person."""
    surname, given, _ = person_parts(key)
    return f"{given} {surname}"


def _run(reader: Reader, saved: Sequence[int], news: News) -> None:
    codes, at = body_ids(), clock.now()
    with reading(reader):
        for row in SavedSearch.objects.filter(id__in=saved, state="running").order_by("id"):
            things = _found(row, news, codes)
            Alert.objects.bulk_create(
                [
                    Alert(saved=row, person=reader.person, thing=thing, thing_id=i, at=at)
                    for thing, i in things
                ],
                ignore_conflicts=True,
            )


def _found(row: SavedSearch, news: News, codes: dict[str, int]) -> list[tuple[str, int]]:
    """The reports and sightings among the news that this search finds, as its own person."""
    asked, narrowed = read_text(row.text), Narrowed(row.group, row.owner, row.report_state)
    owner = codes.get(row.owner, 0) if row.owner else None
    found: list[tuple[str, int]] = []
    if news.reports and narrowed.asks_for("reports"):
        reports = known_reports(asked, narrowed, owner, size=len(news.reports), news=news)
        found += [("report", report) for report in reports]
    if news.sightings and narrowed.asks_for("people", "values"):
        values = known_values(asked, narrowed, owner, size=len(news.sightings), news=news)
        people = [Selector("person", key) for key in _people(row, news, owner)]
        found += [
            ("sighting", sighting) for sighting in _sightings(narrowed, owner, news, {*values, *people})
        ]
    return found


def _people(row: SavedSearch, news: News, owner: int | None) -> list[str]:
    asked = read_text(row.text)
    if not asked.name:
        return []
    names, sounds = known_people(asked, Narrowed(), owner, size=len(news.sightings), news=news)
    return [key for key, words in names.items() if likeness(asked.name, words, sounds).score >= LEAST]


def _sightings(narrowed: Narrowed, owner: int | None, news: News, values: set[Selector]) -> list[int]:
    rows = Sighting.objects.filter(id__in=news.sightings, key__in=[one.key for one in values])
    if owner is not None:
        rows = rows.filter(owner=owner)
    people = narrowed.asks_for("people"), narrowed.asks_for("values")
    return [
        row.pk for row in rows.order_by("id")
        if Selector(row.kind, row.key) in values and people[0 if row.kind == "person" else 1]
    ]  # fmt: skip
