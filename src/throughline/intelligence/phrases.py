"""The phrases that a quality check looks for, by the rule that each offends: one table, to be reviewed as a whole.

The rules are the five of the National Crime Agency's intelligence report form, as reproduced in public code (do not
reveal the source; do not reveal tactics, capability or operation names; each report stands alone; who, what, why,
where, when and how), and section 38(2) of the Data Protection Act 2018 (facts apart from personal assessments). The
phrases are our own: they were chosen by reading, not measured. Add one here, and a sentence that it should and one
that it should not find to ``tests/intelligence/test_phrases.py``.
"""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of good reporting: what it is called, why it matters, and what to do."""

    name: str
    why: str
    remedy: str


SOURCE: Final = Rule(
    "It may show the source",
    "A reader could work out who told you, and harm them.",
    "Write what is known, not who said it or how you came by it.",
)
TACTICS: Final = Rule(
    "It may show how the police work",
    "The names of operations and the tactics used must not travel with the intelligence.",
    "Leave out the operation and the method. Say what was seen or learned.",
)
OPINION: Final = Rule(
    "It may be opinion, written as fact",
    "The law asks that facts and personal assessments are kept apart (Data Protection Act 2018, section 38).",
    "Say what was seen or heard and let the grade speak, or say whose assessment it is and what it rests on.",
)
UNGRADED: Final = Rule(
    "It has no grade",
    "Nobody can judge how far to trust it, and its selectors are not matched.",
    "Give it a source evaluation, an assessment and a handling code.",
)
NO_TIME: Final = Rule(
    "It does not say when",
    "Each report stands alone: its reader has nothing but its words and the date of the intelligence.",
    "Add the day or the time, if it is known.",
)
NO_PLACE: Final = Rule(
    "It does not say where",
    "Each report stands alone, and a county line is found by its places.",
    "Add the town, the road or the postcode, if it is known.",
)
TOO_LONG: Final = Rule(
    "It may hold several matters",
    "Each matter needs a grade of its own, or one weak part weakens all of it.",
    "Divide it: one statement an item.",
)
UNLISTED: Final = Rule(
    "It is in the text and not among the selectors",
    "What is not listed is not matched, so nobody else who holds it hears of it.",
    "Tick it under “Found in the text”, or leave it out if it is not what it seems.",
)

_TOLD = (
    r"(?:said|says|stated|states|told|tells|reported|reports|advised|informed|"
    r"rang|called|phoned|disclosed|overheard)"
)
_KIN = r"(?:mother|father|mum|dad|sister|brother|aunt|uncle|wife|husband|girlfriend|boyfriend|partner|ex|cousin|friend)"
_NEAR = (
    r"(?:neighbour|resident|landlord|landlady|tenant|colleague|teacher|carer|shopkeeper|"
    r"taxi driver|caller|passer-by)"
)

PHRASES: Final[dict[Rule, tuple[str, ...]]] = {
    SOURCE: (
        rf"(?:a|the|our|this|one|another|reliable|registered|trusted|anonymous) (?:source|informant|contact)s? "
        rf"(?:who |has |have |also )?{_TOLD}\b",
        r"(?:informant|informer|snitch)s?\b",
        r"(?-i:CHIS)\b",
        r"covert human intelligence source",
        r"(?:source|dedicated source) handler\b",
        r"Crimestoppers\b",
        r"(?:wish(?:es|ed)? to|asked to|want(?:s|ed)? to) (?:remain|stay) anonymous\b",
        r"anonymous (?:caller|call|tip|letter|note|information)",
        rf"{_NEAR} (?:of (?:his|hers?|theirs?) )?(?:who (?:has |had )?)?(?:{_TOLD})\b",
        rf"(?:his|her|their) {_KIN} (?:has |had )?{_TOLD}\b",
        rf"(?:a )?(?:member of the public|witness|victim|complainant) (?:has |had )?{_TOLD}\b",
        r"told (?:us|me|police|officers?|staff|the officer|a colleague)\b",
        r"(?:phoned|called|rang) (?:us|me|the police|the desk|101|999)\b",
        r"(?:phoned|rang) in\b",
        r"according to (?:a|an|the|his|her|their|our|one) (?!\d)[a-z]+",
    ),
    TACTICS: (
        r"(?-i:(?:Operation|Op\.?|OPERATION) [A-Z][A-Za-z]+)\b",
        r"(?:directed |intrusive |covert |static |mobile |foot )?surveillance\b",
        r"under ?cover (?:officer|operative|police|deployment|buy)s?\b",
        r"test purchas(?:e|es|er|ers|ing)\b",
        r"controlled (?:delivery|drop)\b",
        r"observation (?:post|point)\b",
        r"(?:tracker|tracking device|listening device|audio probe|covert camera|hidden camera)s?\b",
        r"(?:phone|line|wire) ?tap(?:s|ped|ping)?\b",
        r"(?:intercept(?:ed|ion)? (?:of )?(?:calls?|messages?|communications|product|material))\b",
        r"IMSI[ -]?catcher\b",
        r"(?:live )?cell[ -]?sit(?:e|ed|ing)\b",
        r"(?:(?-i:DSA|RIPA)|targeted equipment interference)\b",
        r"ANPR (?:marker|hotlist|camera at|cameras at)\b",
    ),
    OPINION: (
        r"(?:obviously|clearly|undoubtedly|certainly|evidently|no doubt|of course)\b",
        r"(?:everyone|everybody|it is (?:well|widely|commonly)) (?:knows?|known)\b",
        r"(?:well[ -])?known (?:drug|crack|heroin|violent|local)? ?"
        r"(?:dealer|criminal|thief|offender|user|addict|gangster|runner|nominal)s?\b",
        r"(?:scumbag|lowlife|low life|junkie|smackhead|crackhead|druggie|wrong ?un|toe ?rag|dodgy)s?\b",
        r"(?:I|we) (?:think|thought|believe|believed|feel|felt|reckon|suspect|assume|guess)\b",
        r"in (?:my|our) (?:opinion|view|experience)\b",
        r"(?:must|has to) (?:be|have been) (?:dealing|involved|selling|using|running|a|the|up to)\b",
        r"(?:probably|presumably|surely|most likely|supposedly|allegedly)\b",
        r"(?:is|are|was|were) (?:widely |generally )?(?:believed|thought|rumoured|suspected|considered) to\b",
        r"(?:seems|seemed|appears|appeared) to be (?:a |an |the )?"
        r"(?:dealing|dealer|involved|running|selling|nervous|shifty|suspicious)\b",
        r"up to no good\b",
        r"typical (?:of|for)\b",
    ),
}
"""Each begins at the start of a word, and is read without regard to case but where it says otherwise."""

SEARCHES: Final[dict[Rule, re.Pattern[str]]] = {
    rule: re.compile(rf"\b(?=\w)(?:{'|'.join(patterns)})", re.IGNORECASE)
    for rule, patterns in PHRASES.items()
}
"""All phrases of a rule as one search, which stops at starts of words alone: that is five times quicker."""

_DAY = "mon|tues|wednes|thurs|fri|satur|sun"
_MONTH = "january|february|march|april|june|july|august|september|october|november|december"
TIME: Final = re.compile(
    rf"(?:(?:{_DAY})days?|{_MONTH}|may (?:\d|20)|today|yesterday|tonight|(?:last|this|each|every|next|that|one) "
    r"(?:night|morning|afternoon|evening|day|week|weekend|month|year)|overnight|midnight|noon|daily|weekly|nightly|"
    r"weekends?|\d{1,2}[:.]\d\d|\d{3,4} ?(?:hrs|hours)|\d{1,2} ?(?:am|pm)|\d{1,2}/\d{1,2}(?:/\d{2,4})?|"
    r"\d{4}-\d\d-\d\d|(?:19|20)\d\d|\d+ (?:days?|weeks?|months?|hours?) ago|in the (?:morning|afternoon|evening))\b",
    re.IGNORECASE,
)
"""Words that say when."""
PLACE: Final = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Tt]o|[Oo]utside|[Bb]ehind|[Tt]owards|[Bb]etween|[Aa]round|[Oo]n|[Bb]y|[Ii]nto|"
    r"[Tt]hrough) (?:the )?(?!I\b|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|"
    r"April|May|June|July|August|September|October|November|December)[A-Z][a-z]+"
    r"|\b[A-Z][a-z]+ (?:Road|Street|Avenue|Lane|Close|Park|Estate|Square|Court|House|"
    r"Way|Drive|Hill|Green|Station|Market)\b"
    r"|\b(?:station|school|college|hostel|flat|address|estate|town centre|city centre|bus stop|car park|market|"
    r"children's home|hotel|guest house|shop|pub|[AM]\d{1,4})\b"
)
"""Words that say where: a name after a word of place, a road, or a kind of place."""
