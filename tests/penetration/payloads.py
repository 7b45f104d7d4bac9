"""What is typed where it does not belong: one of each family that the field's own lists hold."""

MARK = "<tlx"
"""Never stands in a page as it is: what is shown was escaped."""
PRODUCT = "1787569"
"""1337 times 1337: stands in a page only when a template worked out what was typed."""
PAYLOADS = (
    f"\u00e9\"'>{MARK} onload=alert(1)>",
    f"</title></textarea></script>{MARK}>",
    "' or '1'='1' -- ",
    "1; select pg_sleep(3) --",
    "\\' union select password_hash from access_credential -- ",
    "{{1337*1337}}${1337*1337}#{1337*1337}<%=1337*1337%>",
    "../../../../etc/passwd",
    "file:///etc/passwd",
    "//elsewhere.example/",
    "javascript:alert(1)",
    "x\r\nX-Tlx: 1\r\n\r\n",
    "\u202egpj.exe\ufeff\u0000",
    "=cmd|' /C calc'!A0",
    "99999999999999999999999999",
    "-1",
    "1e309",
    "NaN",
    "2026-13-45",
    "%s%n%x{0.__class__}",
    "[]",
    '{"$gt": ""}',
    "(((((((((((((((((a+)+)+)+)+)+)+)+)+$",
    "\U0001f600" * 300,
    "a" * 30_000,
    "",
    " ",
)
