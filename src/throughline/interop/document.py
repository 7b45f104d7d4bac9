"""The OpenAPI document of the table of operations, with what no view has in its own hands: problems and scopes."""

import json
from http import HTTPStatus
from typing import Any

from throughline.access.machines import SCOPES
from throughline.interop import operations  # noqa: F401 fills the table
from throughline.interop.api import PREFIX, api
from throughline.interop.shapes import ProblemShape


def document() -> dict[str, Any]:
    """The OpenAPI document of the table above, with the problems that each operation may answer with."""
    made: dict[str, Any] = json.loads(
        json.dumps(api.get_openapi_schema(path_prefix=f"{PREFIX}/"), default=str)
    )
    made["components"]["schemas"]["Problem"] = ProblemShape.model_json_schema(
        ref_template="#/components/schemas/{model}"
    )
    made["components"]["schemas"] |= made["components"]["schemas"]["Problem"].pop("$defs")
    made["components"]["securitySchemes"]["Machine"] = {
        "type": "oauth2", "description": "Client credentials (RFC 6749, section 4.4). Each scope is a permission.",
        "flows": {"clientCredentials": {"tokenUrl": f"{PREFIX}/token", "scopes": {str(s): "" for s in sorted(SCOPES)}}},
    }  # fmt: skip
    for path in made["paths"].values():
        for method, one in path.items():
            _finish(method, one)
    return made


def _finish(method: str, one: dict[str, Any]) -> None:
    if scope := one.pop("x-scope", ""):
        one["security"] = [{"Machine": [scope]}]
        one["description"] = f"{one.get('description', '')} Scope: `{scope}`.".strip()
    if media := one.pop("x-media", ""):
        answer = one["responses"]["200"]
        answer["content"] = {media: answer["content"]["application/json"]}
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status in one.pop("x-refuses", ()):
        one["responses"].setdefault(
            str(status), {"description": HTTPStatus(status).phrase, "content": content}
        )
    if method == "get":
        one["responses"]["304"] = {"description": "Not modified since the entity tag that was sent."}
