"""In which nation of the United Kingdom a body works: its bank holidays and its law count."""

from typing import Final

from throughline.kernel.working_days import Nation

_ELSEWHERE: Final = {
    "PSOS": Nation.SCOTLAND, "PSNI": Nation.NORTHERN_IRELAND, "NWP": Nation.WALES, "SWP": Nation.WALES,
    "GWENT": Nation.WALES, "DP": Nation.WALES, "TARIAN": Nation.WALES,
}  # fmt: skip


def nation_of(body: str) -> Nation:
    """The nation of a body by its code; England where it works in several."""
    return _ELSEWHERE.get(body, Nation.ENGLAND)
