"""Handles on social media and messaging: the platform and the name used there."""

import re

from throughline.selectors.kinds.cleaning import clean, quoted
from throughline.selectors.kinds.kind import Kind, NotASelector
from throughline.selectors.kinds.phone import normalise_phone

PLATFORMS = {
    "snapchat": "Snapchat",
    "instagram": "Instagram",
    "tiktok": "TikTok",
    "telegram": "Telegram",
    "whatsapp": "WhatsApp",
    "facebook": "Facebook",
    "x": "X",
    "signal": "Signal",
    "other": "",
}
ALSO_CALLED = {
    "snap": "snapchat",
    "sc": "snapchat",
    "insta": "instagram",
    "ig": "instagram",
    "tik tok": "tiktok",
    "tg": "telegram",
    "wa": "whatsapp",
    "fb": "facebook",
    "messenger": "facebook",
    "twitter": "x",
}
_SITES = {
    "snapchat.com": "snapchat",
    "instagram.com": "instagram",
    "tiktok.com": "tiktok",
    "t.me": "telegram",
    "wa.me": "whatsapp",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "x.com": "x",
    "twitter.com": "x",
    "signal.me": "signal",
}
_PLATFORM = "|".join(sorted(PLATFORMS | ALSO_CALLED, key=len, reverse=True))
_SITE = "|".join(re.escape(site) for site in _SITES)
_HANDLE = r"@?(?P<handle>[^\s@/]+)"
# In the order tried. A handle from a web address ends at the next stroke or question mark.
_WRITTEN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:https?://)?(?:www\.|m\.)?(?P<site>{_SITE})/(?:add/)?@?(?P<handle>[^\s@/?#]+)[/?#]?\S*",
        rf"(?P<platform>{_PLATFORM}) ?[:/] ?{_HANDLE}",
        rf"(?P<platform>{_PLATFORM}) {_HANDLE}",
        rf"{_HANDLE} (?:on |\()(?P<platform>{_PLATFORM})\)?",
        r"@(?P<handle>[^\s@/]+)",
    )
)
_ALLOWED = re.compile(r"(?=.*[a-z\d])[a-z\d._-]{1,100}", re.ASCII)
_BY_NUMBER = frozenset({"whatsapp", "signal", "telegram"})
_NUMBER = re.compile(r"\+?\d{10,15}", re.ASCII)


def normalise_social(raw: str) -> str:
    """platform/handle in lower case, such as snapchat/ricky_b; a bare @handle is kept under other."""
    text = clean(raw)
    tidy = re.sub(r"\b(whatsapp|signal|telegram)\b([ :/]+)(\+?[\d ]+)$", _joined_number, text.casefold())
    found = next((match for pattern in _WRITTEN if (match := pattern.fullmatch(tidy))), None)
    if not found:
        raise NotASelector(
            f"{quoted(text)} needs a platform and a handle, such as {SOCIAL.example}. The platforms are "
            f"{', '.join(PLATFORMS)}."
        )
    return f"{(platform := _platform(found))}/{_handle(found['handle'], platform, text)}"


def _joined_number(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}{found[3].replace(' ', '')}"


def _platform(found: re.Match[str]) -> str:
    groups = found.groupdict()
    if site := groups.get("site"):
        return _SITES[site]
    named = groups.get("platform") or "other"
    return ALSO_CALLED.get(named, named)


def _handle(handle: str, platform: str, text: str) -> str:
    if platform in _BY_NUMBER and _NUMBER.fullmatch(handle):
        return normalise_phone(handle)
    if not _ALLOWED.fullmatch(handle):
        raise NotASelector(
            f"{quoted(text)} is not a handle: it has letters a to z, digits, dots, dashes and underscores. "
            "Give the handle, not the name shown beside it."
        )
    return handle


def show_social(key: str) -> str:
    """@handle on Platform."""
    platform, _, handle = key.partition("/")
    sign = "" if handle.startswith("+") else "@"
    return f"{sign}{handle} on {PLATFORMS[platform]}" if PLATFORMS[platform] else f"@{handle}"


SOCIAL = Kind(
    name="social",
    label="Social media handle",
    plural="Social media handles",
    hint="The platform and the handle.",
    example="snapchat:ricky_b",
    weight=0.85,
    normalise=normalise_social,
    show=show_social,
)
