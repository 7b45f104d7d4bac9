"""The questions a form can ask: how each reads what was typed, and the sentence for each fault."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, Self, TypeVar, overload

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from throughline.kernel import clock

Value = TypeVar("Value")
Files = MultiValueDict[str, UploadedFile]


class Answered(Protocol):
    """A form whose answers have been read, by the name of the question."""

    answers: dict[str, Any]


class Wrong(ValueError):
    """What was typed cannot be accepted; the text is the sentence that the person reads."""


class Choice(NamedTuple):
    """One entry of a select, of radios or of checkboxes."""

    value: str
    text: str
    hint: str = ""


@dataclass(kw_only=True)
class Field(Generic[Value]):
    """One question of a form.

    `needed` is the sentence shown when it is left empty; without one the question is optional. On the class
    it is the question, on a form that `is_valid` it is the answer: `GradeForm.source.label`, `form.source`.
    """

    label: str = field(kw_only=False)
    hint: str = ""
    needed: str = ""
    name: str = ""
    kind: ClassVar[str]

    def __set_name__(self, owner: type[object], name: str) -> None:
        self.name = name

    @overload
    def __get__(self, form: None, owner: type[object]) -> Self: ...
    @overload
    def __get__(self, form: Answered, owner: type[object]) -> Value: ...
    def __get__(self, form: Answered | None, owner: type[object]) -> "Self | Value":
        if form is None:
            return self
        answer: Value = form.answers[self.name]
        return answer

    @property
    def id(self) -> str:
        """The id of the first box, which the error summary leads to."""
        return self.name.replace("_", "-")

    def typed(self, data: QueryDict, files: Files) -> object:
        """What stands in the boxes, to be shown again."""
        return data.get(self.name, "")

    def read(self, typed: object, choices: Sequence[Choice]) -> Value:
        """The answer, or Wrong with a sentence."""
        raise NotImplementedError


@dataclass(kw_only=True)
class Text(Field[str]):
    """One line of text, without the spaces around it. `check` raises Wrong when it does not like the text."""

    limit: int = 200
    width: str = ""
    input_type: str = "text"
    autocomplete: str = ""
    check: Callable[[str], object] | None = None
    kind: ClassVar[str] = "text"

    def read(self, typed: object, choices: Sequence[Choice]) -> str:
        text = self.tidy(str(typed))
        if not text and self.needed:
            raise Wrong(self.needed)
        if len(text) > self.limit:
            raise Wrong(f"{self.label} must be {self.limit:,} characters or fewer; this is {len(text):,}")
        if any(character < " " and character not in "\n\t" for character in text):
            raise Wrong(f"{self.label} must not contain control characters")
        if text and self.check:
            self.check(text)
        return text

    def tidy(self, text: str) -> str:
        """Browsers send line ends as two characters; one is kept."""
        return text.replace("\r\n", "\n").strip()


@dataclass(kw_only=True)
class TextArea(Text):
    """Several lines of text."""

    limit: int = 20_000
    rows: int = 5
    kind: ClassVar[str] = "textarea"


@dataclass(kw_only=True)
class Password(Text):
    """A password: never trimmed, and never shown again."""

    limit: int = 1_000
    autocomplete: str = "current-password"
    kind: ClassVar[str] = "password"

    def tidy(self, text: str) -> str:
        return text


@dataclass(kw_only=True)
class OneOf(Field[str]):
    """One of some choices, as radios; the answer is its value, or nothing if optional and not chosen."""

    choices: Sequence[Choice] = ()
    kind: ClassVar[str] = "radios"

    def read(self, typed: object, choices: Sequence[Choice]) -> str:
        if not typed and self.needed:
            raise Wrong(self.needed)
        if typed and typed not in {choice.value for choice in choices}:
            raise Wrong(f"{self.label}: choose one from the list")
        return str(typed)


@dataclass(kw_only=True)
class Select(OneOf):
    """One of many choices, as a drop-down list that starts with `empty`."""

    empty: str = "Choose"
    kind: ClassVar[str] = "select"


@dataclass(kw_only=True)
class ManyOf(Field[tuple[str, ...]]):
    """Any number of some choices, as checkboxes."""

    choices: Sequence[Choice] = ()
    kind: ClassVar[str] = "checkboxes"

    def typed(self, data: QueryDict, files: Files) -> object:
        return tuple(data.getlist(self.name))

    def read(self, typed: object, choices: Sequence[Choice]) -> tuple[str, ...]:
        chosen = tuple(str(value) for value in typed) if isinstance(typed, tuple | list) else ()
        if not chosen and self.needed:
            raise Wrong(self.needed)
        if not {choice.value for choice in choices}.issuperset(chosen):
            raise Wrong(f"{self.label}: choose from the list")
        return chosen


@dataclass(kw_only=True)
class Day(Field[date | None]):
    """A date in three boxes: what is typed is day, month and year. `past` refuses the future."""

    past: bool = False
    kind: ClassVar[str] = "date"

    def typed(self, data: QueryDict, files: Files) -> object:
        return tuple(data.get(f"{self.name}-{part}", "").strip() for part in ("day", "month", "year"))

    def read(self, typed: object, choices: Sequence[Choice]) -> date | None:
        parts = tuple(str(part) for part in typed) if isinstance(typed, tuple | list) else ()
        if not any(parts):
            if self.needed:
                raise Wrong(self.needed)
            return None
        absent = [name for name, part in zip(("day", "month", "year"), parts, strict=True) if not part]
        if absent:
            raise Wrong(f"{self.label} must include a {' and '.join(absent)}")
        return self._day(*parts)

    def _day(self, day: str, month: str, year: str) -> date:
        try:
            found = date(_year(year), int(month), int(day))
        except ValueError:
            raise Wrong(f"{self.label} must be a real date") from None
        if self.past and found > clock.today():
            raise Wrong(f"{self.label} must be today or in the past")
        return found


def _year(text: str) -> int:
    if len(text) != len("2026"):
        raise ValueError(text)
    return int(text)


def day_boxes(day: date) -> tuple[str, str, str]:
    """What a `Day` starts with."""
    return str(day.day), str(day.month), str(day.year)


@dataclass(kw_only=True)
class Upload(Field[UploadedFile | None]):
    """A file; browsers never show it again, so it is asked for anew after a fault."""

    largest: int = 20_000_000
    accept: str = ""
    kind: ClassVar[str] = "file"

    def typed(self, data: QueryDict, files: Files) -> object:
        return files.get(self.name)

    def read(self, typed: object, choices: Sequence[Choice]) -> UploadedFile | None:
        if not isinstance(typed, UploadedFile):
            if self.needed:
                raise Wrong(self.needed)
            return None
        if (typed.size or 0) > self.largest:
            raise Wrong(f"{self.label} must be smaller than {self.largest // 1_000_000} MB")
        return typed
