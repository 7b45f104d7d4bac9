"""Where a request comes from."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
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
