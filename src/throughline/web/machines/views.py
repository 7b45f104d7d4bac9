"""What machines may ask for and send, for the people who write them: drawn from the document, with no service asked."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from throughline.interop.document import document
from throughline.web.page import page
from throughline.web.request import Visit


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of what is sent or answered."""

    name: str
    where: str
    kind: str
    needed: bool
    said: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a machine may ask for."""

    anchor: str
    method: str
    path: str
    said: str
    asked: tuple[Field, ...]
    answers: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """An object that is sent or answered, and its fields."""

    name: str
    said: str
    fields: tuple[Field, ...]


@require_safe
def doors(request: Visit) -> HttpResponse:
    """Every operation and every shape of version 1. It tells nothing of what is held, so it is open to anyone."""
    made = document()
    operations = tuple(
        _operation(path, method, one)
        for path, methods in made["paths"].items()
        for method, one in methods.items()
    )
    shapes = tuple(
        Shape(name, _plain(shape), tuple(_fields(shape, "")))
        for name, shape in sorted(made["components"]["schemas"].items())
    )
    return page(
        request, "machines/doors.html", title="Doors for machines", marking="OFFICIAL", operations=operations,
        shapes=shapes,
    )  # fmt: skip


def _operation(path: str, method: str, one: dict[str, Any]) -> Operation:
    asked = [
        Field(said["name"], said["in"], _kind(said["schema"]), said["required"], _plain(said))
        for said in one.get("parameters", ())
    ]
    for content in one.get("requestBody", {}).get("content", {}).values():
        schema = content["schema"]
        whole = Field(name=_kind(schema), where="body", kind="object", needed=True, said="")
        asked += [whole] if "$ref" in schema else _fields(schema, "form")
    answers = tuple(
        (
            status,
            answer["description"],
            next((_kind(c["schema"]) for c in answer.get("content", {}).values()), ""),
        )
        for status, answer in sorted(one["responses"].items())
    )
    return Operation(one["operationId"], method.upper(), path, _plain(one), tuple(asked), answers)


def _fields(schema: dict[str, Any], where: str) -> list[Field]:
    needed = schema.get("required", ())
    return [
        Field(name, where, _kind(said), name in needed, _plain(said))
        for name, said in schema.get("properties", {}).items()
    ]


def _plain(said: dict[str, Any]) -> str:
    """What is said of it, without the marks of Markdown, which a page would show as they are."""
    return str(said.get("description", "")).replace("`", "")


def _kind(schema: dict[str, Any]) -> str:
    """A schema in a few words: `text`, `list of ItemShape`, `date or nothing`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(map(_kind, schema["anyOf"])))
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    words = {"string": "text", "null": "nothing", "integer": "whole number", "boolean": "true or false"}
    return str(schema.get("format") or words.get(schema.get("type", ""), schema.get("type", "anything")))
