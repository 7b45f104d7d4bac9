"""The cards of the models: whole, of the very weights in use, and with no figure that the results do not hold."""

from pathlib import Path

import pytest

from tests.cast import Cast
from tests.web.visiting import visitor, words_of
from throughline.oversight.model_cards import KEYS, model_cards

RESULTS = (Path(__file__).parents[2] / "docs" / "results.md").read_text(encoding="utf-8")
DIGESTS = {
    "people": "5db73cae5381",
    "addresses": "46d9a190ea99",
    "candidates": "d7836ca1eadf",
    "successor": "7f103b2b3e80",
    "score": "a5f3381a3d00",
    "plan": "ddd37dd4ada8",
}
"""Whoever changes a model looks at its card again, and writes the new digest here."""


@pytest.mark.parametrize("key", KEYS)
def test_a_card_is_whole_and_says_nothing_that_was_not_measured(key: str) -> None:
    card = model_cards()[key]
    assert all((card.purpose, card.decides, card.learnt_from, card.method, card.limits, card.harms))
    assert card.version.endswith(DIGESTS[key])
    for figure in card.figures:
        assert figure.value in RESULTS, f"{figure.value} stands nowhere in the results"
    assert card.command.split(" --")[0].split(" FILE")[0].removeprefix(".venv/bin/python -m ") in RESULTS or (
        "pytest" in card.command
    )


def test_every_card_is_a_page_and_no_other_is(cast: Cast) -> None:
    officer = visitor("officer@norf")
    listed = words_of(officer.get("/models/"))
    for card in model_cards().values():
        assert card.name in listed
        shown = words_of(officer.get(f"/models/{card.key}"))
        assert card.version in shown
        assert card.limits[0] in shown
    assert officer.get("/models/other").status_code == 404
