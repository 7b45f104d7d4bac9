"""Labelled addresses: those of FEBRL, and those of an invented town."""

from dataclasses import replace

from benchmarks import address_town
from benchmarks.linkage_sets import LabelledSet, febrl

FIELDS = {"address": "address", "postcode": "postcode", "place": "place", "identifier": "uprn"}


def febrl_addresses(number: int) -> LabelledSet:
    """The addresses of one of the sets of FEBRL: two records are of one place where they are of one person."""
    data = febrl(number)
    fields = {
        name: column for name, column in data.fields.items() if name in ("address", "postcode", "place")
    }
    return replace(data, name=f"addresses of FEBRL {number}", fields=fields)


def invented() -> LabelledSet:
    """The invented town."""
    return LabelledSet("addresses of an invented town", *address_town.invented(), FIELDS)
