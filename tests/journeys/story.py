"""The small story that the journeys walk through: who holds what, and what each may know of it."""

from collections.abc import Sequence
from datetime import timedelta

from tests.inside import file_report, someone
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import record_reports
from throughline.kernel import clock, outbox
from throughline.lines.services import Said, add_line, move_line
from throughline.lines.statements import OF_SELECTORS
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest

SHARED = "07700 900416"
"""Norfolk and London hold it; London has circulated it to Norfolk."""
POINTED = "AB12 CDE"
"""Norfolk and Kent hold it; neither has circulated it."""
BY_KEYBOARD = "keys@line.example"
WITHOUT_SCRIPT = "plain@line.example"
"""Each held by Norfolk and London, for a journey of its own."""
SILENT = "07700 900702"
"""The eastern region keeps a silent interest in it."""
UNKNOWN = "07700 900999"
EITHER = "14141414141414"
"""It may be an IMEI or a bank account."""
HOSTEL = "210 Terminus Road, SW88 3QA"
"""Six bodies hold it: a common value."""
IGNORED = "07700 900703"
"""Suffolk and Essex have both held it for weeks, and neither has answered."""
ASKED = tuple(f"07700 90080{n}" for n in range(4))
"""Norfolk alone holds each, in one report, and is asked for access to it."""
JUDGED = tuple(f"07700 90081{n}" for n in range(4))
"""Gloucestershire and Wiltshire hold each, and judge several at once."""
LINE = "07700 900820"
"""Cumbria and Durham hold it; Cumbria knows the name of the line and its runner."""
EMERGING = "07700 900822"
"""Bedfordshire has seen it twice and Cleveland once: a line is proposed before anyone names it."""
TASKED = "07700 900830"
"""Sussex has put it on a line that West Midlands holds."""
PLANNED = "07700 900840"
"""Surrey has put it on a line of its own, which no journey but that of the plan touches."""
MET = "Winterbourne, Kate"
"""Lincolnshire knows her so, and Nottinghamshire as Catherine."""
SIX = ("norf", "mps", "kent", "mers", "btp", "ersou")


def tell() -> None:
    """Tell the story inside the instance that this process points at."""
    both = [f"phone:{SHARED}", f"email:{BY_KEYBOARD}", f"email:{WITHOUT_SCRIPT}"]
    _file("norf", "N1", "A deal line in Norwich", [*both, f"vehicle:{POINTED}"])
    _file("mps", "L1", "Who holds the line", both, bodies=["NORF"])
    _file("kent", "K1", "Stopped on the A2", [f"vehicle:{POINTED}"])
    for value in ASKED:
        _file("norf", value, "Asked about", [f"phone:{value}"])
    for body in ("glos", "wilts"):
        _file(body, "J1", "Held by two", [f"phone:{value}" for value in JUDGED])
    runner = "person:Example, Sam, 2008-05-03"
    _file("cumb", "L1", "A line by the lakes", [f"phone:{LINE}", "phone:07700 900821", "brand:Ricky", runner])
    _file("dur", "L1", "Sold by the cathedral", [f"phone:{LINE}"], bodies=["CUMB"])
    for body, title, named in (
        ("beds", "Seen at the fair", []),
        ("beds", "Seen at the fair again", []),
        ("clev", "Seen by the sea", ["brand:Otter"]),
    ):
        _file(body, title, title, [f"phone:{EMERGING}", *named])
    for address in ("Flat 3, 12 Wherry Road, LN1 1AA", "Apt 3 12 Wherrey Rd, LN1 1AA"):
        _file("lincs", address[:6], "A visit", [f"address:{address}"])
    for body in SIX:
        _file(body, "H1", "The hostel", [f"address:{HOSTEL}"])
    keep_interest(
        by=someone("coordinator@ersou"), selector=parse(SILENT), why="Protects a source", silent=True
    )
    for name, person, phone in (
        ("A", "Marchetti, Sam", True),
        ("B", "Marcheti, Samuel", True),
        ("C", MET, False),
    ):
        also = ["phone:07700 900881"] if phone else []
        _file("lincs", f"P{name}", "Known to the school", [f"person:{person}, 2010-05-03", *also])
    _file("notts", "PD", "Known to the college", ["person:Winterbourne, Catherine, 2010-05-03"])
    _put_on_a_line("sussex", TASKED, "Heron", title="Sold in Hastings", bodies=["WMP", "NCLCC"])
    _put_on_a_line("surrey", PLANNED, "Kestrel", title="Sold in Guildford")
    _leave_ungraded()
    _ignore()
    outbox.drain()


def _put_on_a_line(body: str, number: str, name: str, *, title: str, bodies: Sequence[str] = ()) -> None:
    """A force knows a line by its number and its name, and has told these bodies."""
    manager, selectors = someone(f"manager@{body}"), [f"phone:{number}", f"brand:{name}"]
    ref = file_report(manager, "T1", title=title, selectors=selectors, bodies=bodies)
    said = [Said(OF_SELECTORS[s.kind], s.kind, s.key) for s in map(parse, selectors)]
    line = add_line(by=manager, items=[f"{ref}/1"], said=said, why="Ours to watch")
    move_line(by=manager, line=line, verb="accept", why="Two sources")


def _ignore() -> None:
    holders = [someone(f"analyst@{body}") for body in ("suff", "essex")]
    with clock.stopped(clock.now() - timedelta(days=20)):
        for holder in holders:
            file_report(holder, "I1", title="Weeks ago", selectors=[f"phone:{IGNORED}"])
        outbox.drain()


def _file(body: str, name: str, title: str, selectors: Sequence[str], *, bodies: Sequence[str] = ()) -> None:
    """One report, with all that follows from it before the next arrives."""
    file_report(someone(f"analyst@{body}"), name, title=title, selectors=selectors, bodies=bodies)
    outbox.drain()


def _leave_ungraded() -> None:
    item = ItemDraft(1, "He was seen at the station again.", None, (), 2)
    draft = ReportDraft(
        "O1", clock.today(), "Seen at the station", Classification.OFFICIAL, Circulation(everyone=False, bodies=()),
        (item,), (2,),
    )  # fmt: skip
    record_reports(by=someone("officer@norf"), drafts=[draft])
