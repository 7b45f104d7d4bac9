"""Link charts in a real browser: one of 300 things laid out, one of 5,000 opened as communities, and an expansion.

By the public doors alone: an instance is made, reports are loaded from CSV, and Chromium without a GPU works the pages.
Times are the browser's own, from the click or the key to the page or the new things drawn. ``python -m
benchmarks.charts --things 1000`` tries it out. It needs Debian's Chromium and the packages of requirements/dev.in.
"""

import argparse
import csv
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.figures import Figure, show
from throughline.intelligence.report_columns import COLUMNS

CHROMIUM = "/usr/bin/chromium"
MIDDLES, BESIDE, LEAVES = 30, 9, 20
"""The chart of 300: a hub seen with so many, each with so many beside it, and with leaves that are not drawn yet."""
COMMUNITY = 50
TIMES = 5
LAID_OUT, OPENED, EXPANDED = 2_000.0, 2_000.0, 100.0
"""Milliseconds asked for."""
_MEASURE = """() => new Promise((done) => {
  const chart = document.querySelector("[data-chart]"), begun = performance.now();
  // What is posted in a frame arrives once that frame, with what is new, is laid out and handed over to be painted.
  const after = new MessageChannel();
  after.port1.onmessage = () => done(performance.now() - begun);
  const drawn = () => requestAnimationFrame(() => after.port2.postMessage(0));
  chart.addEventListener("chart:drawn", drawn, {once: true});
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
})"""
_AT_REST = "() => new Promise((done) => requestIdleCallback(() => setTimeout(done, 150)))"
"""Whoever presses a key has first looked at what the key before brought."""
_LOADED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"


def rows_of(things: int) -> Iterator[list[str]]:
    """The selectors of each item: those of the chart of 300, and those of the large one."""
    for n in range(MIDDLES):
        middle = f"email:m{n}@line.example"
        yield ["email:hub@line.example", middle, *(f"email:b{n}x{k}@line.example" for k in range(BESIDE))]
        yield [middle, *(f"email:l{n}x{k}@line.example" for k in range(LEAVES))]
    dice = random.Random(7)  # noqa: S311 a sample, not a secret
    for n in range(things):
        own = n - n % COMMUNITY
        near = {own + dice.randrange(COMMUNITY) for _ in range(3)}
        if dice.random() < 0.1:  # noqa: PLR2004 a chance is said where it is thrown
            near.add(dice.randrange(things))
        yield [value(one) for one in sorted({n, *near})]


def value(number: int) -> str:
    """A thing of the large chart: every third is a person."""
    if number % 3:
        return f"email:v{number}@large.example"
    letters = "".join(chr(97 + (number // 26**k) % 26) for k in range(4))
    return f"person:Sample{letters}, Kim, 1990-01-01"


def write_reports(path: Path, things: int) -> None:
    """The items as `load reports` takes them."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        for n, selectors in enumerate(rows_of(things)):
            writer.writerow({
                "report": f"C-{n}", "date_of_intelligence": f"2026-{1 + n % 9:02}-11", "title": "A sighting", "item": 1,
                "text": "Seen together.", "source": "1", "assessment": "A", "handling": "P", "marking": "OFFICIAL",
                "selectors": ";".join(selectors),
            })  # fmt: skip


@contextmanager
def served(home: Path, reports: Path) -> Iterator[tuple[str, str]]:
    """An instance with these reports, served; its address, and the password of its cast."""
    env = os.environ | {"THROUGHLINE_HOME": str(home)}

    def throughline(*words: str) -> str:
        command = [sys.executable, "-m", "throughline.cli", *words]
        return subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 ours

    password = throughline("init", "--cast").split()[-1]
    throughline("load", "reports", str(reports), "--as", "analyst@norf")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "throughline.cli", "serve", "--address", address]
    server = subprocess.Popen(command, env=env)  # noqa: S603 ours
    try:
        _wait_for(f"http://{address}/help")
        yield f"http://{address}", password
    finally:
        server.terminate()
        server.wait(timeout=30)
        throughline("stop")


def _wait_for(url: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 our own
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)


def open_chart(page: Page, selector: str) -> str:
    """By a check, as a person does; the address of the chart."""
    page.goto("/check/")
    page.locator("main input[name=selector]").fill(selector)
    page.locator("main [name=why]").fill("Measuring")
    with page.expect_navigation():
        page.get_by_role("button", name="Check", exact=True).click()
    with page.expect_navigation():
        page.get_by_role("button", name="Open the chart").click()
    return page.url


def widen(page: Page) -> None:
    """One step around everything."""
    with page.expect_navigation():
        page.get_by_role("button", name="Widen by one step").click()


def laid_out(page: Page) -> float:
    """From the click to the page with everything in its new place."""
    page.locator("summary", has_text="Lay out anew").click()
    page.locator("select[name=layout]").select_option("forces")
    begun = time.perf_counter()
    with page.expect_navigation():
        page.get_by_role("button", name="Lay out", exact=True).click()
    return 1000 * (time.perf_counter() - begun)


def chart_figures(page: Page, *, things: int, expansions: bool) -> Iterator[Figure]:
    """Each time beside what was asked for."""
    open_chart(page, "email:hub@line.example")
    widen(page)
    drawn = page.locator(".tl-spot").count()
    links = page.locator("[data-strokes] line").count()
    if not expansions:
        found = [laid_out(page) for _ in range(TIMES)]
        yield _figure(f"{drawn} things and {links} links laid out and shown", found, LAID_OUT)
    found = []
    for n in range(MIDDLES - 10):
        page.locator(".tl-spot", has_text=f"m{n}@line.example").first.focus()
        page.evaluate(_AT_REST)
        found.append(float(page.evaluate(_MEASURE)))
    yield _figure(f"an expansion of {LEAVES} things on a chart of {drawn} and more", found, EXPANDED)
    if not expansions:
        yield from _figures_of_many(page, things)


def _figures_of_many(page: Page, things: int) -> Iterator[Figure]:
    """The large chart as its communities, then one of them."""
    address = open_chart(page, value(1))
    while not page.locator("[data-sign=cluster]").count():
        widen(page)
    held = 0
    while (now := int(page.locator("[data-sign=cluster]").count())) != held:
        held = now
        widen(page)
    found = []
    for _ in range(TIMES):
        page.goto(address)
        found.append(float(page.evaluate(_LOADED)))
    yield _figure(f"a network of {things:,} things opened as {held} communities", found, OPENED)
    found = []
    for n in range(TIMES):
        page.goto(address)
        with page.expect_navigation():
            page.locator("tbody tr").nth(n).get_by_role("link", name="Open").click()
        found.append(float(page.evaluate(_LOADED)))
    yield _figure("one of its communities opened", found, OPENED)


def _figure(name: str, found: list[float], most: float) -> Figure:
    middle = statistics.median(found)
    return Figure(
        name, "ms", round(middle), judged=round(middle), most=most, note=f"longest {max(found):.0f} ms"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.charts", description=__doc__)
    parser.add_argument("--things", type=int, default=5_000)
    parser.add_argument("--expansions", action="store_true", help="these alone")
    parser.add_argument("--picture", type=Path, help="keep a picture of each chart in this folder")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as played:
        Path(folder).chmod(0o755)
        reports = Path(folder) / "reports.csv"
        write_reports(reports, chosen.things)
        with served(Path(folder) / "home", reports) as (address, password):
            browser = played.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
            page.set_default_timeout(60_000)
            page.goto("/sign-in")
            page.get_by_label("Username").fill("analyst@norf")
            page.locator("#password").fill(password)
            with page.expect_navigation():
                page.get_by_role("button", name="Sign in").click()
            figures = []
            for figure in chart_figures(page, things=chosen.things, expansions=chosen.expansions):
                figures.append(figure)
                if chosen.picture:
                    page.screenshot(path=chosen.picture / f"chart-{len(figures)}.png", full_page=False)
            browser.close()
    show(figures, {"command": "python -m benchmarks.charts"})


if __name__ == "__main__":
    main()
