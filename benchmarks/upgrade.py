"""``python -m benchmarks.upgrade``: from an earlier revision's code and database to today's, with people at work.

It does what docs/how-to/install.md says under *A new version without a pause*, and counts what people saw of it.
"""

import argparse
import json
import sys
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from benchmarks.at_work import Crew, Reckoning, at_work, reckoning
from benchmarks.serving import Site, Unit, code_of, site

SETTLED = 3.0
"""Seconds of work before the upgrade and after it."""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What people saw of an upgrade: seconds of each of its steps, and the requests of the whole."""

    since: str
    seconds: dict[str, float]
    requests: int
    failed: list[str]
    longest: float
    longest_before: float
    kept: Reckoning
    errors: int


def upgrade(since: str, *, people: int, settled: float = SETTLED, pause: float = 0.4) -> Upgraded:
    """Upgrade a site of that revision to the code as it is; an empty name takes the code as it is for both."""
    with ExitStack() as stack:
        old, new = stack.enter_context(code_of(since)), stack.enter_context(code_of(""))
        here = stack.enter_context(site(THROUGHLINE_PG_SHARED_BUFFERS="128MB"))
        here.home.mkdir(mode=0o711)
        here.command(old, "init", "--cast")
        units = [here.serve(old), here.serve(old)]
        stack.callback(_stop, units)
        with at_work(here.address, people=people, pause=pause) as crew:
            crew.wait(since=time.monotonic())
            time.sleep(settled)
            begun = time.monotonic()
            seconds = _carry_out(here, new, units)
            crew.wait(since=time.monotonic())
            time.sleep(settled)
        here.command(new, "flow", "drain")
        here.command(new, "journal", "verify")
        found = _seen(crew, begun=begun)
        return Upgraded(since, seconds, *found, reckoning(owner_of(here), crew.people), len(here.errors()))


def _carry_out(here: Site, new: Path, units: list[Unit]) -> dict[str, float]:
    """Each step as the guide has it, with the seconds that it took."""
    seconds: dict[str, float] = {}

    def timed(name: str) -> None:
        seconds[name] = time.monotonic() - last[0]
        sys.stderr.write(f"{name}: {seconds[name]:.1f} s\n")
        last[0] = time.monotonic()

    last = [time.monotonic()]
    here.command(new, "migrate", "--beside")
    timed("migrate --beside")
    for number in range(len(units)):
        units[number].stop()
        units[number] = here.serve(new)
        timed(f"restart throughline@{number + 1}")
    here.command(new, "migrate")
    timed("migrate")
    return seconds


def _stop(units: list[Unit]) -> None:
    for unit in units:
        unit.stop()


def _seen(crew: Crew, *, begun: float) -> tuple[int, list[str], float, float]:
    """How many asked, what failed, and the longest waits since the upgrade began and before."""
    asked = crew.all_asked()
    return (
        len(asked), [f"{one.what}: {one.trouble}" for one in crew.failed()],
        max(one.took for one in asked if one.at + one.took >= begun),
        max(one.took for one in asked if one.at + one.took < begun and one.what != "sign in"),
    )  # fmt: skip


def owner_of(here: Site) -> str:
    """The owner's address of a site's database."""
    from throughline.config.postgres import ensure_running  # noqa: PLC0415 only once it is made

    cluster = ensure_running(here.home)
    return f"postgresql://postgres@/throughline?host={quote(str(cluster.socket_dir), safe='')}&port={cluster.port}"


def main() -> int:
    """Upgrade, and say what became of it; status 1 where a request failed or a write is lost or doubled."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.upgrade", description=__doc__)
    parser.add_argument(
        "--since", default="HEAD~1", help="the revision to upgrade from; '' is the code as it is"
    )
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--json", type=Path, default=Path("build/upgrade.json"))
    chosen = parser.parse_args()
    found = upgrade(chosen.since, people=chosen.people)
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(json.dumps(asdict(found), indent=1) + "\n", encoding="utf-8")
    say = sys.stdout.write
    say(f"from {found.since or 'the code as it is'}, {chosen.people} people at work\n")
    for step, took in found.seconds.items():
        say(f"  {step}: {took:.1f} s\n")
    say(f"requests {found.requests}, failed {len(found.failed)}, errors logged {found.errors}\n")
    say(f"longest wait {found.longest:.2f} s, before the upgrade {found.longest_before:.2f} s\n")
    say(f"writes acknowledged {found.kept.acknowledged}, lost {found.kept.lost}, doubled {found.kept.doubled}, "
        f"words of others seen {found.kept.wrong_reader}\n")  # fmt: skip
    for one in found.failed[:10]:
        say(f"  {one}\n")
    return 1 if found.failed or found.kept.lost or found.kept.doubled or found.kept.wrong_reader else 0


if __name__ == "__main__":
    sys.exit(main())
