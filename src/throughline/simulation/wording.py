"""The words in which officers write: sentences by how something came to be known, with blanks for what was seen.

They keep to what was seen and heard, as a report should; one in sixty falls into words that a good report leaves out,
so that the advice on a report's words has something to find.
"""

from collections.abc import Mapping
from typing import Final

from throughline.simulation.facts import How

# Blanks: {who} {other} {town} {day} {time} {car} {mark} {home} {brand} {number} {handset} {thing} {money}
OPENINGS: Final[Mapping[How, tuple[str, ...]]] = {
    "stop": (
        "{who} was stopped in {town} at {time} on {day}.",
        "At {time} on {day} officers spoke to {who} near the station in {town}.",
        "{who} was searched in the town centre of {town} on {day} at {time}.",
        "Stopped on foot in {town}, {day}, {time}: {who}.",
    ),
    "watch": (
        "{who} was seen in {town} on {day} between {time} and the end of the shift.",
        "On {day} at {time} {who} met several people in {town}, each for less than a minute.",
        "In {town} on {day}, {who} went in and out of the same address four times after {time}.",
    ),
    "source": (
        "{who} is selling heroin and crack cocaine in {town}.",
        "{who} has been staying in {town} since {day} and is carrying drugs there.",
        "Drugs come to {town} with {who}, twice a week.",
        "{who} brings money back from {town}.",
    ),
    "examination": (
        "A handset taken from {who} in {town} on {day} has been examined.",
        "The examination of a phone found with {who} in {town} is complete.",
    ),
    "public": (
        "People have been coming and going in {town} at all hours since {day}. {who} is among them.",
        "{who} was seen handing small packets to people in {town} at {time} on {day}.",
        "Young people wait outside the shops in {town} every evening. One is {who}.",
    ),
    "visit": (
        "Officers visited an address in {town} on {day}. {who} was there.",
        "At a visit in {town} at {time} on {day}, {who} opened the door and was not alone.",
    ),
    "camera": (
        "{who} was recorded at the station in {town} at {time} on {day}.",
        "Recorded in {town}, {day} {time}: {who}.",
    ),
    "custody": ("{who} was brought into custody in {town} at {time} on {day}.",),
    "partner": (
        "A partner agency is concerned about {who}, who has been in {town} since {day}.",
        "{who} has not been at school since {day}. They have been seen in {town}.",
    ),
}
PLAIN: Final = (
    "{who} was stopped in {town} at {time} on {day} about a theft from a shop.",
    "{who} was seen smoking cannabis in {town} at {time} on {day}.",
    "{who} has bought bicycles in {town} that may be stolen.",
    "{who} was in a group that shouted at passers-by in {town} at {time} on {day}.",
    "{who} tried the handles of parked cars in {town} on {day}.",
    "{who} is growing cannabis at home in {town}.",
    "{who} was begging outside the station in {town} on {day}.",
    "{who} sells counterfeit tobacco in {town}.",
)
"""What most reports are about: nothing that a line is behind."""
WITH: Final = ("{other} was there too.", "With them was {other}.", "{other} came at the same time.")
NUMBERS: Final = (
    "Drugs are ordered on {number}.", "The number to ring is {number}.", "{number} sends messages offering both.",
    "Calls go to {number}.", "The phone in use was {number}.",
)  # fmt: skip
BRANDS: Final = (
    "It is called {brand}.", "Customers know it as {brand}.", "The name given was {brand}.", "They answer as {brand}.",
)  # fmt: skip
CARS: Final = (
    "A {car}, {mark}, was used.",
    "They left in a {car}, {mark}.",
    "{mark}, a {car}, was parked outside.",
)
HOMES: Final = (
    "It is done from {home}.", "The address is {home}.", "They stay at {home}.", "{home} has visitors day and night.",
)  # fmt: skip
OWN_PHONES: Final = (
    "They gave {number} as their own.",
    "They can be reached on {number}.",
    "Own phone: {number}.",
)
HANDSETS: Final = ("The handset is {handset}.", "IMEI {handset}.")
CONTACTS: Final = "Its address book holds {count} numbers, which are listed with this item."
AWKWARD: Final = (
    " I think they are up to no good.", " This is clearly a drug dealer.", " A source stated this last week.",
    " Everyone knows about it.", " It was seen during Operation Lantern.",
)  # fmt: skip
ARRESTED: Final = (
    "{who} was arrested in {town} at {time} on {day} on suspicion of supplying drugs.",
    "Arrested at {time} on {day} in {town}: {who}, for possession with intent to supply.",
)
FOUND: Final = (
    "{who}, missing from home for {days} days, was found in {town} at {time} on {day}. They are treated as a victim.",
    "Found in {town} on {day} at {time}: {who}, reported missing {days} days before. The local authority was told.",
)
HURT: Final = {
    "threat": "{who} was threatened in {town} on {day}.",
    "assault": "{who} was beaten in {town} at {time} on {day}.",
    "stabbing": "{who} was stabbed in {town} at {time} on {day}.",
    "shooting": "A shot was fired at {who} in {town} at {time} on {day}.",
    "robbery": "{who} was robbed in {town} at {time} on {day}.",
}
DEBT: Final = " The reason given was a debt of £{money}."
VISITED: Final = {
    True: "{who}, who lives at {home}, is no longer master of their own door. Others have keys.",
    False: "{who} lives at {home} alone. Nothing was out of order.",
}
TITLES: Final[Mapping[How, tuple[str, ...]]] = {
    "stop": ("Stopped in {town}", "Stop and search in {town}"),
    "watch": ("Comings and goings in {town}", "Seen in {town}"),
    "source": ("Supply of drugs in {town}", "Drugs brought to {town}", "Dealing in {town}"),
    "examination": ("Handset examined", "Phone from {town} examined"),
    "public": ("Concern in {town}", "Suspected dealing in {town}"),
    "visit": ("Visit to an address in {town}",),
    "camera": ("Recorded in {town}",),
    "custody": ("In custody in {town}",),
    "partner": ("Concern of a partner about somebody in {town}",),
}
LINE_TITLES: Final = ("Deal line in {town}", "Number that serves {town}", "{brand} in {town}")
INSTRUCTIONS: Final = (
    "Ring the originator before you act on this.", "Not to be put to anyone in interview.",
    "Do not use this to stop or to search: develop it first.", "Ask the desk before it goes further.",
    "Act only with the originator's agreement, and never name the number.",
)  # fmt: skip
