"""Names as words in plain letters, and how likely two of them are the same person's: pure rules, no database.

``likeness`` pairs the words of what was asked with those of a name, best pair first, whatever their order. A pair is
worth 1 if it is the same word, 0.95 for another form of the name, 0.9 if both sound alike (double metaphone;
L. Philips, C/C++ Users Journal, June 2000) and are written somewhat alike, 0.6 for an initial, else 0.95 of the
Jaro-Winkler similarity where that is at least 0.8 (W. E. Winkler, Proceedings of the Section on Survey Research
Methods, American Statistical Association, 1990). The mean over the words asked for, less 0.05 for each word of the
name that is left over and 0.02 where the words stand in another order, makes seven tenths of the likeness; three are
the trigrams that both have of all that either has (PostgreSQL's ``similarity``), which bears with words run together or
torn apart. The figures were chosen by hand; how they do on labelled pairs is in docs/results.md.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from throughline.search.nicknames import ways_of

SAME, FORM, SOUND, INITIAL, SPELT = 1.0, 0.95, 0.9, 0.6, 0.95
NEARLY = 0.8
"""Below this Jaro-Winkler similarity two words are two words."""
SOMEWHAT = 0.65
LEAST, OF_THE_BEST = 0.4, 0.55
"""Below this likeness, or this share of the best one found, a name is not shown."""
LEFT_OVER, TURNED = 0.05, 0.02
PAIRED, TRIGRAMS = 0.7, 0.3

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
_TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "rev", "revd", "pc", "dc", "ds",
     "di", "sgt", "insp")
)  # fmt: skip


def words_of(name: str) -> list[str]:
    """The words of a name in small letters, without accents and titles; Cyrillic and Greek in Latin letters."""
    marked = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in marked if not unicodedata.combining(letter))
    latin = "".join(_LETTERS.get(letter, letter) for letter in bare)
    words = re.findall(r"[^\W\d_]+", re.sub(r"['\u2018\u2019\u02bc\u02bb]", "", latin))
    return [word for word in words if word not in _TITLES] or words


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely a name is the one asked for, 0 to 1, and in what way."""

    score: float
    why: str


Sounds = Mapping[str, frozenset[str]]
"""How words sound: the one or two keys of double metaphone."""


def likeness(asked: Sequence[str], name: Sequence[str], sounds: Sounds) -> Likeness:
    """How likely the words of a name are those asked for."""
    pairs = sorted(
        ((*_pair(a, b, sounds), i, j) for i, a in enumerate(asked) for j, b in enumerate(name)),
        key=lambda pair: (-pair[0], abs(pair[2] - pair[3])),
    )
    taken: dict[int, int] = {}
    worth, ways = 0.0, set[str]()
    for value, way, i, j in pairs:
        if value and i not in taken and j not in taken.values():
            taken[i] = j
            worth += value
            ways.add(way)
    turned = [taken[i] for i in sorted(taken)] != sorted(taken.values())
    left = max(len(name) - len(taken), 0)
    paired = worth / max(len(asked), 1) - LEFT_OVER * left - (TURNED if turned else 0)
    score = PAIRED * max(paired, 0.0) + TRIGRAMS * similarity(asked, name)
    why = _why(ways, is_turned=turned, is_part=len(taken) < len(asked)) if taken else "spelt somewhat alike"
    return Likeness(round(score, 4), why)


def _pair(asked: str, word: str, sounds: Sounds) -> tuple[float, str]:
    if asked == word:
        return SAME, ""
    if word in ways_of(asked):
        return FORM, "another form of the name"
    if 1 in (len(asked), len(word)):
        return (INITIAL, "an initial") if asked[0] == word[0] else (0.0, "")
    alike = jaro_winkler(asked, word)
    if alike >= SOMEWHAT and sounds.get(asked, frozenset()) & sounds.get(word, frozenset()):
        return max(SOUND, SPELT * alike), "it sounds alike"
    return (SPELT * alike, "spelt nearly alike") if alike >= NEARLY else (0.0, "")


def _why(ways: set[str], *, is_turned: bool, is_part: bool) -> str:
    said = sorted(way for way in ways if way)
    said += ["in another order"] if is_turned else []
    said += ["some of the words"] if is_part else []
    return "; ".join(said) or "the same name"


def best_of(scored: Mapping[str, Likeness]) -> list[str]:
    """The keys whose likeness is worth showing, likeliest first."""
    least = max(LEAST, OF_THE_BEST * max((one.score for one in scored.values()), default=0))
    return sorted(
        (key for key in scored if scored[key].score >= least), key=lambda key: (-scored[key].score, key)
    )


def similarity(one: Sequence[str], other: Sequence[str]) -> float:
    """The trigrams that both names have, of all that either has; 0 to 1."""
    ours, theirs = _trigrams(one), _trigrams(other)
    return len(ours & theirs) / max(len(ours | theirs), 1)


def _trigrams(words: Sequence[str]) -> set[str]:
    padded = [f"  {word} " for word in words]
    return {word[place : place + 3] for word in padded for place in range(len(word) - 2)}


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
