"""``python -m benchmarks.map_in_browser ADDRESS``: how soon the map is painted, and how smoothly it moves.

The address is that of an instance that is served. Chromium draws in software, without a GPU; the map is dragged about
for some seconds, whole and brought nearer, and its frames are counted.
"""

import argparse
import json
import statistics
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
TIMES = 5
COUNT = """(seconds) => new Promise((done) => {
  const begun = performance.now(); let frames = 0, last = begun; const gaps = [];
  const next = (at) => {
    frames += 1; gaps.push(at - last); last = at;
    if (at - begun < seconds * 1000) requestAnimationFrame(next);
    else done({ frames: frames / ((at - begun) / 1000), slowest: Math.max(...gaps.slice(2)) });
  };
  requestAnimationFrame(next);
})"""
PAINTED = """() => ({
  first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  server: performance.getEntriesByType("navigation")[0].responseEnd,
  bytes: performance.getEntriesByType("navigation")[0].encodedBodySize,
  drawn: document.querySelectorAll(".tl-map path, .tl-map circle, .tl-map text").length,
})"""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.map_in_browser", description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--as", dest="username", default="coordinator@nclcc")
    parser.add_argument("--password", required=True, help="that of the cast")
    parser.add_argument("--path", default="/lines/map")
    parser.add_argument("--picture", default="")
    chosen = parser.parse_args()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        print(json.dumps(measured(browser, chosen), indent=1))  # noqa: T201 this is a command
        browser.close()
    return 0


def measured(browser: Browser, chosen: argparse.Namespace) -> dict[str, Any]:
    """First paint over some visits, then frames a second while the map is dragged."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{chosen.address}/sign-in")
    page.fill("#username", chosen.username)
    page.fill("#password", chosen.password)
    page.click("main button[type=submit]")
    visits = [_visit(page, chosen.address + chosen.path) for _ in range(TIMES)]
    moved = _dragged(page)
    if chosen.picture:
        page.screenshot(path=chosen.picture)
    return {
        "first_visit": visits[0], "first_paint_ms": [round(v["first"]) for v in visits],
        "median_ms": statistics.median(v["first"] for v in visits), **moved,
    }  # fmt: skip


def _visit(page: Page, address: str) -> dict[str, float]:
    page.goto(address, wait_until="load")
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
    found: dict[str, float] = page.evaluate(PAINTED)
    return found


def _dragged(page: Page) -> dict[str, Any]:
    """Frames a second of the whole map, and of one that was brought nearer twice."""
    out = {}
    for name in ("whole", "nearer"):
        if name == "nearer":
            page.get_by_role("button", name="Nearer").click()
            page.get_by_role("button", name="Nearer").click()
        box = page.locator(".tl-map-frame").bounding_box()
        assert box  # noqa: S101 the map is on the page
        across, down = box["x"] + box["width"] / 2, min(box["y"] + box["height"] / 2, 700)
        page.mouse.move(across, down)
        page.mouse.down()
        page.evaluate(f"() => {{ window.counted = ({COUNT})(3); }}")
        for step in range(150):
            page.mouse.move(across + 150 * ((step % 20) / 20 - 0.5), down + 80 * ((step % 14) / 14 - 0.5))
        found = page.evaluate("() => window.counted")
        page.mouse.up()
        out[name] = {
            "frames_a_second": round(found["frames"], 1),
            "slowest_frame_ms": round(found["slowest"]),
        }
    return out


if __name__ == "__main__":
    raise SystemExit(main())
