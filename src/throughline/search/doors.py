"""The calls of the engine's doors: what each is asked for, and its answer. All run inside ``reading(reader)``."""

import json

from django.db import connection

from throughline.search.asked import Asked
from throughline.search.names import Sounds
from throughline.search.narrowed import Narrowed, News
from throughline.selectors.registry import Selector


def known_reports(
    asked: Asked, narrowed: Narrowed, owner: int | None, *, size: int, news: News | None = None
) -> list[int]:
    """The numbers of the newest reports that hold the words and that the reader may know, newest first."""
    if not asked.text:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select report_id from intelligence_search(%s, null, %s::smallint, %s, %s, %s, %s, %s, %s::bigint[])",
            [asked.text, owner, narrowed.state, size, asked.also, narrowed.since, narrowed.until,
             None if news is None else list(news.reports)],
        )  # fmt: skip
        return [row[0] for row in cursor.fetchall()]


def known_values(
    asked: Asked, narrowed: Narrowed, owner: int | None, *, size: int, news: News | None = None
) -> list[Selector]:
    """Values that hold a fragment, seen where the reader may know it; the whole value first."""
    found = dict.fromkeys(asked.exact)
    if asked.fragments:
        with connection.cursor() as cursor:
            cursor.execute(
                "select kind, key from search_values(%s, '', %s::smallint, %s, %s, %s, %s, %s::bigint[])",
                [asked.patterns, owner, asked.holds_a_digit, narrowed.since, narrowed.until, size,
                 None if news is None else list(news.sightings)],
            )  # fmt: skip
            found.update(dict.fromkeys(Selector(*row) for row in cursor.fetchall()))
    return list(found)[: size + len(asked.exact)]


def known_people(
    asked: Asked, narrowed: Narrowed, owner: int | None, *, size: int, news: News | None = None
) -> tuple[dict[str, list[str]], Sounds]:
    """People with likely names, seen where the reader may know it: the words of each by key; and how words sound."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select key, name from search_names(%s::jsonb, %s, %s::smallint, %s, %s, %s, %s::bigint[])",
            [json.dumps(asked.ways), " ".join(asked.name), owner, narrowed.since, narrowed.until, size,
             None if news is None else list(news.sightings)],
        )  # fmt: skip
        names = {key: name.split() for key, name in cursor.fetchall()}
        words = sorted({word for name in (*names.values(), asked.name) for word in name})
        cursor.execute("select word, sounds from search_sounds(%s)", [words])
        return names, {word: frozenset(sounds) for word, sounds in cursor.fetchall()}
