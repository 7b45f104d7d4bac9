"""The guided tour that the demonstration prints: who to sign in as, what to look at, and what to expect."""

from throughline.access.services import CAST_PASSWORD

TOUR = """
Throughline is at {address}
Six bodies are in the story. Everybody and every number in it is invented.

Sign in at {address}/sign-in. The password of all of them is {password}
  analyst@norf       Norfolk, where the drugs are sold      officer@norf  the same force, on the street
  analyst@mers       Merseyside, where the line is held     officer@kent  Kent, and officer@mps in London
  coordinator@ersou  the eastern region's unit              auditor@norf  reads the journal, and no reports

 1. My desk       /desk     analyst@norf: what waits, oldest first, with an officer's report to grade.
 2. A hit         /hits     analyst@norf: Merseyside holds 07700 900416 too. Each force wrote it its own
                            way, both were told, and both have confirmed it.
 3. A common one  /hits     analyst@norf: six bodies have seen the hostel at 210 Terminus Road ten times.
                            It is marked as common and ranked low, and it is not left out.
 4. A doubt       /hits     analyst@norf: another line called Sunny was dismissed here with a reason;
                            analyst@kent is unsure of it. Each side judges for itself.
 5. Woken         /notices  analyst@kent: Merseyside's report of May 2026 met one of Kent's of 2024.
 6. Conditions    /check    officer@norf, 07700 900327: Merseyside holds it, and the desk to ring.
                            analyst@norf, the same number: its content, and its conditions under C.
 7. Pointer       /check    officer@mps, 07700 900538: Kent has circulated it to nobody. Ring its desk.
 8. Silent        /check    officer@kent, 07700 900702: nothing. coordinator@ersou, /notices: who asked.
 9. Closed        /hits     manager@mps is on a closed list and sees the hit on 07700 900860.
                            analyst@mps is not, and does not. A check points both to the desk.
10. Record        /journal  auditor@norf: every look and every change, with who, when and why.
    People        /people   admin@norf: who holds which role. /reports lists what each person may know.

The same from a second terminal, in this folder:
  .venv/bin/throughline check 07700900327 --as officer@norf --why 'on a note in a car'
  .venv/bin/throughline check 'LK00 VXD' --as analyst@kent --why 'stopped on the A2'
  .venv/bin/throughline journal verify

To stop: press Ctrl+C here, then run '.venv/bin/throughline stop' to stop the database.
"""


def tour(address: str) -> str:
    """The tour as plain text for a terminal of 110 columns; ``address`` is where the pages are served."""
    return TOUR.format(address=address, password=CAST_PASSWORD).strip("\n")
