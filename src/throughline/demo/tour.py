"""The guided tour that the demonstration prints: who to sign in as, what to look at, and what to expect."""

from textwrap import wrap

from throughline.access.services import CAST_PASSWORD
from throughline.demo.nation import Discovery

TOUR = """
Throughline is at {address}
A synthetic nation is in it, three months of two regions, and the story of six bodies. All of it is invented.

Sign in at {address}/sign-in. The password of all of them is {password}
  analyst@norf       Norfolk, where the drugs are sold      officer@norf  the same force, on the street
  analyst@mers       Merseyside, where the line is held     officer@kent  Kent, and officer@mps in London
  coordinator@ersou  the eastern region's unit              auditor@norf  reads the journal, and no reports

 1. My desk       /desk     analyst@norf: what waits, oldest first, with an officer's report to grade.
{line} 3. A hit         /hits     analyst@norf, with Merseyside as the other body: it holds 07700 900416 too.
                            Each wrote it its own way, both were told, and both have confirmed it.
 4. A common one  /hits     the same list: six bodies have seen the hostel at 210 Terminus Road ten
                            times. It is marked as common and ranked low, and it is not left out.
 5. A doubt       /hits     analyst@norf, with Kent: another line called Sunny was dismissed here with a
                            reason; analyst@kent is unsure of it. Each side judges for itself.
 6. Woken         /notices  analyst@kent: Merseyside's report of May 2026 met one of Kent's of 2024.
 7. Conditions    /check    officer@norf, 07700 900327: Merseyside holds it, and the desk to ring.
                            analyst@norf, the same number: its content, and its conditions under C.
 8. Pointer       /check    officer@mps, 07700 900538: Kent has circulated it to nobody. Ring its desk.
 9. Silent        /check    officer@kent, 07700 900702: nothing. coordinator@ersou, /notices: who asked.
10. Closed        /hits     manager@mps is on a closed list and sees the hit on 07700 900860.
                            analyst@mps is not, and does not. A check points both to the desk.
11. Plan          /plans    chair@norf: lines to work, and why. /bids: what Norfolk asks of the centre.
12. Record        /journal  auditor@norf: every look and every change, with who, when and why.
    People        /people   admin@norf: who holds which role. /reports lists what each person may know.

The same from a second terminal, in this folder:
  .venv/bin/throughline check 07700900327 --as officer@norf --why 'on a note in a car'
  .venv/bin/throughline check 'LK00 VXD' --as analyst@kent --why 'stopped on the A2'
  .venv/bin/throughline journal verify

To stop: press Ctrl+C here, then run '.venv/bin/throughline stop' to stop the database.
"""


MARGIN, WIDTH = 28, 105


def tour(address: str, line: Discovery | None) -> str:
    """The tour as plain text for a terminal of 110 columns.

    ``address`` is where the pages are served, ``line`` the true line that two bodies came upon, if one was.
    """
    told = _told(line) if line else ""
    return TOUR.format(address=address, password=CAST_PASSWORD, line=told).strip("\n")


def _told(line: Discovery) -> str:
    """The step of the tour at which a true line is discovered."""
    words = (
        f"analyst@{line.finder.lower()}: {line.number}, seen here and by {line.other_name}, each on its own. "
        f"The truth, which neither knows: one line, {line.brand}, run from {line.hub} and sold in {line.town}. "
        f"Open it at /hits/{line.hit}; all that is true is in nation/truth, in the data folder."
    )
    first, *others = wrap(words, WIDTH - MARGIN)
    return "\n".join([f" 2. A true line   /hits     {first}", *(" " * MARGIN + one for one in others), ""])
