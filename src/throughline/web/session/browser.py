"""Which browser a request comes from, in a few plain words."""

from throughline.web.request import Visit

BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("Chromium/", "Chromium"),
    ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
"""What each writes of itself. The order counts: most name those that they descend from as well."""
LONGEST = 80


def browser_of(request: Visit) -> str:
    """`Firefox on Windows`; of a program that is none of these what it calls itself, as plain text."""
    said = request.headers.get("User-Agent", "")
    browser, system = (
        next((name for mark, name in known if mark in said), "") for known in (BROWSERS, SYSTEMS)
    )
    if browser:
        return f"{browser} on {system}" if system else browser
    plain = "".join(character for character in said if character.isprintable()).strip()
    return plain[:LONGEST] or "A browser that does not say which"
