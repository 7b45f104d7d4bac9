"""Searching everything, as a reader of each body asks, beside the bare queries without need-to-know."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from benchmarks.figures import Figure, milliseconds
from benchmarks.instance import as_owner
from throughline.access.queries import reader_named
from throughline.access.reader import Reader
from throughline.organisations.queries import body_ids
from throughline.search.narrowed import Narrowed
from throughline.search.queries import search_everything

MOST = 200.0
"""Milliseconds at the 95th percentile."""
ONCE = "oncecommon"
"""In one item of ten of the older half of the reports, and in none of the newer."""

BARE_EACH = 8
"""The bare query ranks every report that holds a common word, for seconds: one reader in so many is enough of it."""

TEXT = (
    "select i.report_id from intelligence_item i where i.search @@ websearch_to_tsquery('english', %s) "
    "order by ts_rank_cd(i.search, websearch_to_tsquery('english', %s)) desc limit 25"
)
FRAGMENT = (
    "select distinct kind, key from search_value where key ilike '%%' || %s || '%%' and %s <> '' limit 25"
)
NAME = "select key from search_value where name %% %s and kind = 'person' order by similarity(name, %s) desc limit 25"


@dataclass(frozen=True, slots=True)
class Look:
    """One kind of search: what is typed, what it is narrowed to, and what the bare engine is asked."""

    name: str
    typed: Callable[[random.Random], str]
    bare: str
    group: str = ""
    owner: bool = False
    since: date | None = None


def _always(text: str) -> Callable[[random.Random], str]:
    return lambda _: text


def _digits(length: int) -> Callable[[random.Random], str]:
    return lambda rng: "".join(rng.choice("0123456789") for _ in range(length))


def _value(rng: random.Random) -> str:
    return f"u4{rng.randrange(10**9):09d}"[:-2]


def _name(rng: random.Random) -> str:
    return f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"


GIVEN = ("jon", "kate", "mo", "bill", "liz", "tony", "alex", "yusuf", "piotr", "sam")
FAMILY = ("smith", "smyth", "exampel", "kowalski", "patel", "robinsn", "wightt", "okafor")

LOOKS = (
    Look("one box, a very common word", _always("phone"), TEXT),
    Look("one box, two words", _always("calls train"), TEXT),
    Look("one box, rare words", _always("cuckoo gjkm"), TEXT),
    Look("one box, a word that is nowhere", _always("zzyzx"), TEXT),
    Look("a word once common, in none of the newer reports", _always(ONCE), TEXT, "reports"),
    Look("a common word of one other body", _always("phone"), TEXT, "reports", owner=True),
    Look("a common word of the last months", _always("phone"), TEXT, "reports", since=date(2026, 9, 1)),
    Look("a fragment of three digits", _digits(3), FRAGMENT, "values"),
    Look("a fragment of five digits", _digits(5), FRAGMENT, "values"),
    Look("the beginning of a handle", _value, FRAGMENT, "values"),
    Look("a fragment that nearly every value of a kind has", _always("mail.example"), FRAGMENT, "values"),
    Look("a fragment that is nowhere", _always("zqxj77"), FRAGMENT, "values"),
    Look("three digits, one other body", _digits(3), FRAGMENT, "values", owner=True),
    Look("a name with its variants", _name, NAME, "people"),
    Look("a family name alone", lambda rng: rng.choice(FAMILY), NAME, "people"),
)  # fmt: skip


def search_figures() -> Iterator[Figure]:
    """Every search for a reader of every body, after the same for other values. Ours is the whole query function.

    The bare queries come last: they read whole tables, and what ours had in memory would be gone.
    """
    rng = random.Random(6)  # noqa: S311 a sample, not a secret
    codes = body_ids()
    readers = [reader_named(f"analyst@{code.lower()}") for code in codes]
    ours: dict[str, list[float]] = defaultdict(list)
    bare: dict[str, list[float]] = defaultdict(list)
    for reader in readers:
        _search_all(reader, codes, rng, into=defaultdict(list))
    asked = [_search_all(reader, codes, rng, into=ours) for reader in rng.sample(readers, len(readers))]
    with as_owner() as owner:
        for typed in asked[::BARE_EACH]:
            for look, text in zip(LOOKS, typed, strict=True):
                begun = time.perf_counter()
                owner.execute(look.bare.encode(), (text, text)).fetchall()
                bare[look.name].append(time.perf_counter() - begun)
    for look in LOOKS:
        p95 = milliseconds(ours[look.name], 0.95)
        yield Figure(
            f"search: {look.name}, p95", "ms", p95, milliseconds(bare[look.name], 0.95), "the bare query", p95,
            most=MOST,
            note="the whole search, highlights and journal entry included; the peer is a superuser's SQL with an index",
        )  # fmt: skip
    every = [seconds for times in ours.values() for seconds in times]
    p95 = milliseconds(every, 0.95)
    yield Figure("search: all of these together, p95", "ms", p95, judged=p95, most=MOST)


def _search_all(
    reader: Reader, codes: Mapping[str, int], rng: random.Random, *, into: dict[str, list[float]]
) -> list[str]:
    """Time every search as this reader; gives what was typed."""
    other = rng.choice([code for code in codes if code != reader.body_code])
    typed = [look.typed(rng) for look in LOOKS]
    for look, text in zip(LOOKS, typed, strict=True):
        begun = time.perf_counter()
        search_everything(reader, text, Narrowed(look.group, other if look.owner else "", since=look.since))
        into[look.name].append(time.perf_counter() - begun)
    return typed
