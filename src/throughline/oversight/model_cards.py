"""The models that weigh, rank and propose: for each a card with its data, figures, limits, version and owner."""

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from throughline.telecoms.candidates import WEIGHTS

KEYS: Final = ("people", "addresses", "candidates", "successor", "score", "plan")
OWNER: Final = "Whoever runs this instance names one person for each body of it; until then its administrator"


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of `docs/results.md`, and of what it is."""

    says: str
    value: str


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One model. ``version`` is a digest of the very files and weights it works by, so that no card outlives them."""

    key: str
    name: str
    purpose: str
    decides: str
    learnt_from: str
    method: str
    command: str
    version: str
    reviewed: str
    limits: tuple[str, ...]
    harms: tuple[str, ...]
    figures: tuple[Said, ...]


@cache
def model_cards() -> dict[str, ModelCard]:
    """Every card by its key, in order."""
    return {key: _card(key) for key in KEYS}


def _card(key: str) -> ModelCard:
    said = tomllib.loads(
        files("throughline.oversight").joinpath("cards", f"{key}.toml").read_text(encoding="utf-8")
    )
    return ModelCard(
        key, said["name"], said["purpose"], said["decides"], said["learnt_from"], said["method"], said["command"],
        _version(said), said["reviewed"], tuple(said["limits"]), tuple(said["harms"]),
        tuple(Said(**one) for one in said.get("figures", ())),
    )  # fmt: skip


def _version(said: dict[str, Any]) -> str:
    """A digest of what the model works by, and the version that its first file states."""
    digest, stated = sha256(), ""
    for name in said.get("files", ()):
        content = files("throughline").joinpath(name).read_bytes()
        digest.update(content)
        stated = stated or str(json.loads(content).get("version", ""))
    if said.get("weights") == "candidates":
        digest.update(json.dumps(dict(WEIGHTS), sort_keys=True).encode())
    return f"{f'version {stated}, ' if stated else ''}digest {digest.hexdigest()[:12]}"
