"""Machines for the tests: a program of a body with the roles of a person there, and a client that shows its token."""

import json
from typing import Any
from uuid import uuid5

from django.test import Client

from tests.inside import someone
from throughline.access.machines import SCOPES, NewMachine, add_machine, issue_token
from throughline.access.permissions import ROLE_PERMISSIONS, Role
from throughline.interop.stix.names import NAMESPACE
from throughline.kernel.refs import new_ref

ROW = {
    "report": "R1", "date_of_intelligence": "2026-01-31", "title": "A line", "text": "Calls 07700900123",
    "source": "1", "assessment": "A", "handling": "P", "marking": "OFFICIAL", "circulation": ["KENT"],
    "selectors": ["phone:07700900123"],
}  # fmt: skip


def machine(body: str = "norf", role: Role = Role.ANALYST, *, scopes: frozenset[str] = SCOPES) -> NewMachine:
    """A fresh machine of a body."""
    return add_machine(
        by=someone(f"admin@{body}"), username=f"{new_ref('m').lower()}@{body}", name=f"Records system as {role}",
        roles=frozenset({role}), scopes=scopes,
    )  # fmt: skip


def caller(body: str = "norf", role: Role = Role.ANALYST, **options: Any) -> Client:
    """A client of a machine that may do all that its role lets it."""
    made = machine(body, role)
    if not SCOPES & ROLE_PERMISSIONS[role]:
        return Client(**options)
    token = issue_token(client=made.client, secret=made.secret).token
    return Client(headers={"Authorization": f"Bearer {token}"}, **options)


def post(client: Client, path: str, sent: Any, **headers: str) -> Any:
    """Send JSON to a door."""
    return client.post(f"/api/v1{path}", json.dumps(sent), content_type="application/json", headers=headers)


def collection(code: str) -> str:
    """The collection of TAXII that holds the reports of a body; '' for all."""
    return str(uuid5(NAMESPACE, f"collection {code}".strip()))
