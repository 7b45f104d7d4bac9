"""A form: some questions, what a person typed into them, the answers read from it, and the faults found."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, NamedTuple, Self, TypedDict

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, QueryDict
from django.utils.datastructures import MultiValueDict

from throughline.kernel.problems import FieldProblem
from throughline.kernel.workflow import MoveRefused
from throughline.web.fields import Choice, Field, Files, Wrong
from throughline.web.request import Visit

TAKEN = frozenset(
    {"data", "files", "start", "choices", "answers", "faults", "fields", "problems", "sent", "refuse"}
)


class Problem(TypedDict):
    """One fault: its sentence, and the address of the box it is about (empty if about the whole form)."""

    text: str
    href: str


class Shown(NamedTuple):
    """One question (a Field) as a template shows it: what stands in it, its choices, its fault if any."""

    field: Any
    typed: object
    choices: Sequence[Choice]
    fault: str


class Form:
    """Subclass it with fields as class attributes.

        class SignIn(Form):
            username = Text("User name", needed="Enter your user name")

    `data` of None is a form not yet sent. `start` is what stands in the boxes then; `choices` are those that
    depend on the reader, by field name.
    """

    fields: ClassVar[dict[str, Field[Any]]] = {}

    def __init_subclass__(cls) -> None:
        own = {name: field for name, field in vars(cls).items() if isinstance(field, Field)}
        taken = own.keys() & TAKEN
        if taken:
            raise TypeError(
                f"{cls.__name__} cannot have a field called {taken.pop()!r}: forms use that word themselves"
            )
        of_bases = [base.fields for base in cls.__bases__ if issubclass(base, Form)]
        cls.fields = dict(item for fields in (*of_bases, own) for item in fields.items())

    def __init__(
        self,
        data: QueryDict | None = None,
        files: Files | None = None,
        *,
        start: Mapping[str, object] | None = None,
        choices: Mapping[str, Sequence[Choice]] | None = None,
    ) -> None:
        self.data, self.files = data, files or MultiValueDict()
        self.start, self.choices = start or {}, choices or {}
        self.answers: dict[str, Any] = {}
        self.faults: dict[str, str] = {}

    @classmethod
    def sent(
        cls,
        request: Visit,
        *,
        start: Mapping[str, object] | None = None,
        choices: Mapping[str, Sequence[Choice]] | None = None,
    ) -> Self:
        """The form as this request sends it; one that is only being opened is not sent."""
        if request.method != "POST":
            return cls(start=start, choices=choices)
        return cls(request.POST, request.FILES, start=start, choices=choices)

    def is_valid(self) -> bool:
        """Read every answer, then ask the rules; false when there are faults, or nothing was sent."""
        if self.data is None:
            return False
        self.faults.clear()
        for name, field in self.fields.items():
            try:
                self.answers[name] = field.read(self[name].typed, self[name].choices)
            except Wrong as wrong:
                self.faults[name] = str(wrong)
        if not self.faults:
            self.rules()
        return not self.faults

    def rules(self) -> None:
        """Override to compare answers with each other; call `refuse` for each fault."""

    def refuse(self, name: str, sentence: str) -> None:
        """Add a fault to a field, or with an empty name to the whole form; the first of a field stays."""
        self.faults.setdefault(name, sentence)

    def __getitem__(self, name: str) -> Shown:
        field = self.fields[name]
        typed = self.start.get(name, "") if self.data is None else field.typed(self.data, self.files)
        choices = self.choices.get(name, getattr(field, "choices", ()))
        return Shown(field, typed, choices, self.faults.get(name, ""))

    @property
    def problems(self) -> list[Problem]:
        """Every fault, in the order of the questions."""
        places = {"": "", **{name: f"#{field.id}" for name, field in self.fields.items()}}
        return [Problem(text=self.faults[name], href=places[name]) for name in places if name in self.faults]


@contextmanager
def beside_fields(form: Form) -> Iterator[None]:
    """What a service refuses is said beside the field that it names, or for the whole form where that is not asked."""
    try:
        yield
    except FieldProblem as problem:
        form.refuse(problem.field if problem.field in form.fields else "", str(problem))


def is_done(form: Form, service: Callable[[], object]) -> bool:
    """Whether the service did it. What it refused stands in the form; what it may not know of is not there.

    Raises:
        Http404: the service found no such thing for this reader.
    """
    try:
        with beside_fields(form):
            service()
            return True
    except ObjectDoesNotExist:
        raise Http404 from None
    except MoveRefused as problem:
        form.refuse("", str(problem))
    return False
