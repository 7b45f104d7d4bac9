"""How likely two names, as words in plain letters, are the same person's: pure rules, no database.

``likeness`` pairs the words of what was asked with those of a name, best pair first, whatever their order. A pair is
worth 1 if it is the same word, 0.95 for another form of the name, 0.9 if both sound alike (double metaphone;
L. Philips, C/C++ Users Journal, June 2000) and are written somewhat alike, 0.6 for an initial, else 0.95 of the
Jaro-Winkler similarity where that is at least 0.8 (W. E. Winkler, Proceedings of the Section on Survey Research
Methods, American Statistical Association, 1990). The mean over the words asked for, less 0.05 for each word of the
name that is left over and 0.02 where the words stand in another order, makes seven tenths of the likeness; three are
the trigrams that both have of all that either has (PostgreSQL's ``similarity``), which bears with words run together or
torn apart. The figures were chosen by hand; how they do on labelled pairs is in docs/results.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from throughline.selectors.names import jaro_winkler
from throughline.selectors.nicknames import ways_of

SAME, FORM, SOUND, INITIAL, SPELT = 1.0, 0.95, 0.9, 0.6, 0.95
NEARLY = 0.8
"""Below this Jaro-Winkler similarity two words are two words."""
SOMEWHAT = 0.65
LEAST, OF_THE_BEST = 0.4, 0.55
"""Below this likeness, or this share of the best one found, a name is not shown."""
LEFT_OVER, TURNED = 0.05, 0.02
PAIRED, TRIGRAMS = 0.7, 0.3


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
