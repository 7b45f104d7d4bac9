"""What a service refuses for the sake of one thing that was asked, so that a page can say it beside the field."""

from collections.abc import Container
from typing import Final

LONGEST_WORDS: Final = 5_000
"""Characters of an answer in words that are kept."""


class FieldProblem(ValueError):
    """What is wrong, in a sentence, for the field named ('' for the whole)."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field

    @classmethod
    def unless_said(cls, field: str, words: str, sentence: str) -> str:
        """The words as they are kept; raises this problem where there are none."""
        if not words.strip():
            raise cls(field, sentence)
        return words.strip()[:LONGEST_WORDS]

    @classmethod
    def unless_chosen(cls, field: str, value: str, among: Container[str], sentence: str) -> str:
        """A value of a list; raises this problem for any other."""
        if value not in among:
            raise cls(field, sentence)
        return value
