"""The figures of an installation, in the text format of Prometheus. None says who asked, or for what.

A view stands by its name, never by its address; so nothing that was asked for can be read from a figure. Where several
web processes run, each writes its counts into the folder that PROMETHEUS_MULTIPROC_DIR names, and any of them tells the
counts of all (https://prometheus.github.io/client_python/multiprocess/).
"""

import os
import time
from collections.abc import Callable, Iterator

from django.db import Error, connection
from django.http import HttpResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from throughline.kernel.outbox import standing
from throughline.web.request import Visit

CONTENT_TYPE = CONTENT_TYPE_LATEST
STEPS = (0.025, 0.05, 0.1, 0.15, 0.3, 0.6, 1, 2, 5, 15)
"""Seconds; among them are the limits that `docs/results.md` judges by."""
REQUESTS = Counter("throughline_requests", "Requests answered.", ["view", "method", "status"])
SECONDS = Histogram("throughline_request_seconds", "Seconds until an answer begins.", ["view"], buckets=STEPS)
_CONNECTIONS = "select count(*) from pg_stat_activity where datname = current_database()"
_GAUGES = (
    ("throughline_steps_due", "Steps of the flow that wait though their time has come."),
    ("throughline_steps_failed", "Steps of the flow that gave up and wait for their owner."),
    (
        "throughline_steps_oldest_seconds",
        "For how long the oldest step has been due: above a minute, is a worker up?",
    ),
    ("throughline_database_connections", "Connections to this database."),
)


def count_requests(get_response: Callable[[Visit], HttpResponse]) -> Callable[[Visit], HttpResponse]:
    """Middleware that counts and times each request by the name of its view."""

    def answer(request: Visit) -> HttpResponse:
        begun = time.perf_counter()
        response = get_response(request)
        view = request.resolver_match.view_name if request.resolver_match else "none"
        REQUESTS.labels(view, _method(request), response.status_code).inc()
        SECONDS.labels(view).observe(time.perf_counter() - begun)
        return response

    return answer


def _method(request: Visit) -> str:
    """One of a few, whatever was sent: a figure for every word would fill the memory."""
    return request.method if request.method in ("GET", "HEAD", "POST") else "other"


class _OfTheDatabase(Collector):
    """Read when they are asked for; left out, but for its being away, while the database is."""

    def collect(self) -> Iterator[Metric]:
        """The figures as they stand."""
        found: tuple[float, ...]
        try:
            work = standing()
            with connection.cursor() as cursor:
                cursor.execute(_CONNECTIONS)
                found = (work.due, work.oldest_seconds, work.failed, cursor.fetchone()[0])
        except Error:
            found = ()
        yield GaugeMetricFamily("throughline_database_up", "1 while the database answers.", value=bool(found))
        for (name, said), value in zip(_GAUGES, found, strict=False):
            yield GaugeMetricFamily(name, said, value=float(value))


def figures() -> bytes:
    """All of them: of every web process, and of the database as it stands."""
    registry = CollectorRegistry()
    registry.register(_OfTheDatabase())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
    return generate_latest(registry) + generate_latest(REGISTRY)
