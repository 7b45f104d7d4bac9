"""Names as words in plain letters, and how alike two words are: pure rules, no database."""

import re
import unicodedata

_CYRILLIC = "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch - y - e yu ya"
_GREEK = "a v g d e z i th i k l m n x o p r s s t y f ch ps o"
_OTHERS = {
    "\u0454": "ye", "\u0456": "i", "\u0491": "g", "\u0452": "dj", "\u0458": "j", "\u0459": "lj", "\u045a": "nj",
    "\u045b": "c", "\u045f": "dz", "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u00fe": "th",
    "\u00e6": "ae", "\u0153": "oe", "\u0131": "i", "\u00df": "ss", "\u0259": "a", "\u0127": "h",
}  # fmt: skip
_LETTERS = (
    {chr(0x430 + n): latin.strip("-") for n, latin in enumerate(_CYRILLIC.split())}
    | {chr(0x3B1 + n): latin for n, latin in enumerate(_GREEK.split())}
    | _OTHERS
)
"""Cyrillic (BGN/PCGN 1947, simplified), Greek (ELOT 743, simplified) and Latin letters that Unicode keeps whole."""
TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "rev", "revd", "pc", "dc", "ds",
     "di", "sgt", "insp")
)  # fmt: skip


def words_of(name: str) -> list[str]:
    """The words of a name in small letters, without accents and titles; Cyrillic and Greek in Latin letters."""
    marked = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in marked if not unicodedata.combining(letter))
    latin = "".join(_LETTERS.get(letter, letter) for letter in bare)
    words = re.findall(r"[^\W\d_]+", re.sub(r"['\u2018\u2019\u02bc\u02bb]", "", latin))
    return [word for word in words if word not in TITLES] or words


def jaro_winkler(one: str, other: str) -> float:
    """The Jaro similarity of two words, 0 to 1, raised for a common beginning of up to four letters by 0.1 each."""
    if one == other:
        return 1.0
    reach = max(max(len(one), len(other)) // 2 - 1, 0)
    used: set[int] = set()
    met = []
    for i, letter in enumerate(one):
        for j in range(max(0, i - reach), min(len(other), i + reach + 1)):
            if j not in used and other[j] == letter:
                used.add(j)
                met.append(letter)
                break
    if not met:
        return 0.0
    turned = sum(a != other[j] for a, j in zip(met, sorted(used), strict=True)) / 2
    jaro = (len(met) / len(one) + len(met) / len(other) + (len(met) - turned) / len(met)) / 3
    start = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return jaro + min(start, 4) * 0.1 * (1 - jaro)
