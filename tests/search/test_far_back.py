"""What lies behind the newest reports and sightings is found too, by each of the ways in which the doors look."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from tests.inside import someone
from tests.instance import Instance
from throughline.access.reader import reading

MANY = 9000
"""More than the doors look at one by one: the newest 3,000, and the 3,000 that make a word rare."""

_REPORTS = """
insert into access_marking (owner, released, classification, conditions, everyone, bodies, people, teams, compartment,
                            silent, handling, action, sanitisation, instructions)
  select case when n % 3 = 0 then {other} else {own} end, false, 1, 0, false, '{{}}', '{{}}', '{{}}', 0, false, 'P', '',
         '', ''
    from generate_series(1, {many}) n order by n;
insert into intelligence_report (marking_id, ref, origin_ref, title, date_of_intelligence, recorded_at, recorded_by,
                                 contact, content_hash, state, is_sanitised, closed_why, priority, caveat, pii, threats)
  select id, 'IR-' || id, 'O-' || id, 'A title', '2026-10-01', now(), 'A', 'A', '', 'received', false, '', '', '', '',
         '{{}}'
    from access_marking order by id;
insert into intelligence_item (marking_id, report_id, number, ref, text, scheme, source, assessment, handling,
                               older_instructions)
  select marking_id, id, 1, ref || '/1', 'Word ' || case when n <= 6000 then 'lantern' else 'quarry' end
         || case when n % 1000 = 1 then ' thistle' else '' end, '3x5x2', '', '', '', ''
    from (select *, row_number() over (order by id) as n from intelligence_report) r order by id;
insert into selectors_sighting (marking_id, kind, key, source, source_ref, grade, seen_on, noted_at)
  select marking_id, 'phone', '+44770090' || lpad(n::text, 5, '0'), 'report', ref || '/1', '1AP', '2026-10-01', now()
    from (select *, row_number() over (order by id) as n from intelligence_report) r order by id;
"""


@pytest.fixture(scope="module")
def deep(shared_house: Instance) -> Iterator[Instance]:
    """Reports of two bodies, two of each three Norfolk's: `lantern` only in the older ones, `thistle` in a few."""
    with shared_house.as_owner() as owner:
        own, other = someone("analyst@norf").body, someone("analyst@mps").body
        owner.execute(_REPORTS.format(own=own, other=other, many=MANY).encode())
        owner.execute("select search_take(array_agg(id)) from selectors_sighting")
        owner.execute("analyze")
    yield shared_house


def _ask(question: str, *values: Any) -> list[Any]:
    with reading(someone("analyst@norf")), connection.cursor() as cursor:
        cursor.execute(question, values)
        return [row[0] for row in cursor.fetchall()]


def _own(deep: Instance, word: str) -> list[int]:
    with deep.as_owner() as owner:
        rows = owner.execute(
            "select report_id from intelligence_item where owner = %s and text ~* %s order by 1 desc",
            [someone("analyst@norf").body, word],
        )
        return [row[0] for row in rows.fetchall()]


@pytest.mark.parametrize("word", ["lantern", "quarry", "thistle", "word"])
@pytest.mark.parametrize("size", [5, 50, 1000, 20000])
def test_it_gives_the_newest_that_hold_a_word_however_far_back(deep: Instance, word: str, size: int) -> None:
    found = _ask("select report_id from intelligence_search(%s, null, null, '', %s)", word, size)
    assert found == _own(deep, word)[:size]


def test_it_turns_pages_through_all_of_them(deep: Instance) -> None:
    seen, before = list[int](), None
    while part := _ask("select report_id from intelligence_search('lantern', %s, null, '', 700)", before):
        seen, before = seen + part, part[-1]
    assert seen == _own(deep, "lantern")


@pytest.mark.parametrize("fragment", ["00001", "0012", "900", "777"])
def test_it_finds_a_fragment_however_far_back(deep: Instance, fragment: str) -> None:
    found = _ask(
        "select key from search_values(%s, '', null, true, null, null, %s)", [f"%{fragment}%"], 20000
    )
    with deep.as_owner() as owner:
        rows = owner.execute(
            "select key from selectors_sighting where owner = %s and key like %s",
            [someone("analyst@norf").body, f"%{fragment}%"],
        ).fetchall()
    assert set(found) == {key for (key,) in rows}
    few = _ask("select key from search_values(%s, '', null, true, null, null, 3)", [f"%{fragment}%"])
    assert len(set(few)) >= min(3, len(rows))


def test_a_body_can_be_named(deep: Instance) -> None:
    own = someone("analyst@norf").body
    assert _ask("select key from search_values(%s, '', %s::smallint, true, null, null, 9)", ["%00001%"], own)
    assert _ask("select key from search_values(%s, '', 0::smallint, true, null, null, 9)", ["%00001%"]) == []
