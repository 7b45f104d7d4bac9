"""Documents: plain values set by one of our own templates as a PDF, and handed over as a file."""

import functools
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import typst
from django.http import HttpResponse


def set_as_pdf(template: str, values: Mapping[str, Any]) -> bytes:
    """These values as a PDF that meets PDF/UA-1; they are text alone, and nothing in them is obeyed.

    ``template`` is a path under ``templates``, such as ``lines/profile.typ``; it reads them in ``sys.inputs.values``.
    """
    said = {"values": json.dumps(values)}
    return bytes(typst.compile(_template(template), sys_inputs=said, format="pdf", pdf_standards=["ua-1"]))


@functools.cache
def _template(name: str) -> bytes:
    return files("throughline.web").joinpath("templates", name).read_bytes()


def pdf_answer(content: bytes, *, name: str) -> HttpResponse:
    """The document as a file to download under this name."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
