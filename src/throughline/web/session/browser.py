"""Where a request comes from: the address, and the browser in a few plain words."""

from ipaddress import ip_address

from django.conf import settings

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


def address_of(request: Visit) -> str:
    """The internet address of the other end, as the proxy in front gives it where there is one; '' if not known."""
    near = request.META.get("REMOTE_ADDR", "")
    # The proxy adds the last one itself; those before it are anybody's claim.
    said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    for address in (said, near) if settings.BEHIND_PROXY else (near,):
        try:
            return str(ip_address(address))
        except ValueError:
            continue
    return ""
