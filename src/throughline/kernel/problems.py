"""What a service refuses for the sake of one thing that was asked, so that a page can say it beside the field."""


class FieldProblem(ValueError):
    """What is wrong, in a sentence, for the field named ('' for the whole)."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
