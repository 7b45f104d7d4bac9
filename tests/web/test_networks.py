"""The pages of networks: the list, key people, change, and the chart with its table."""

import re
from pathlib import Path

from tests.cast import Cast
from tests.network.folders import write
from tests.web.visiting import visitor, words_of
from throughline.network.services import load_network

EDGES = "phase,source,target\n1,a,b\n1,a,c\n1,a,d\n2,b,c\n2,b,d\n2,b,e\n"
NODES = "id,age,role\na,15,runner\nb,30,\nc,31,\nd,32,\ne,40,courier\n"


def _load(cast: Cast, folder: Path) -> str:
    return load_network(
        by=cast.aisha, folder=write(folder, nodes=NODES, edges=EDGES, seizures="phase,what\n2,30 kg\n"), name="Heron"
    ).ref  # fmt: skip


def test_a_network_is_reached_from_the_lines_and_shows_its_key_people(cast: Cast, tmp_path: Path) -> None:
    ref = _load(cast, tmp_path)
    client = visitor("officer@norf")
    assert 'href="/networks/"' in client.get("/lines/").content.decode()
    assert f"Heron {ref} Norfolk Constabulary 5 2" in words_of(client.get("/networks/"))
    words = words_of(client.get(f"/networks/{ref}"))
    for said in (
        "People 5",
        "Ties 6, without a direction",
        "The whole Phase 1 Phase 2",
        "Tied to 3 others",
        "All reasons and measures",
    ):
        assert said in words, said
    first = words_of(client.get(f"/networks/{ref}?phase=1"))
    assert "Key people in phase 1" in first
    assert "Protect. A child." in first
    assert first.count("Pursue.") == 3


def test_it_shows_what_changed_and_what_happened(cast: Cast, tmp_path: Path) -> None:
    words = words_of(visitor("analyst@norf").get(f"/networks/{_load(cast, tmp_path)}/change"))
    for said in ("From phase 1 to 2", "4 people became 4, 3 ties became 3.", "In phase 2: 30 kg", "a, then b",
                 "Appear e", "Disappear a"):  # fmt: skip
        assert said in words, said


def test_the_chart_and_its_table_hold_the_same(cast: Cast, tmp_path: Path) -> None:
    client, ref = visitor("analyst@norf"), _load(cast, tmp_path)
    page = client.get(f"/networks/{ref}/chart").content.decode()
    drawn = page.partition('<svg class="tl-chart"')[2].partition("</svg>")[0]
    assert sorted(re.findall(r">([a-e])</text>", drawn)) == list("abcde")
    assert drawn.count("<line ") == 6
    assert 'stroke="#4c2c92"' in drawn
    words = words_of(client.get(f"/networks/{ref}/chart"))
    assert "a runner To protect" in words
    again = client.get(f"/networks/{ref}/chart").content.decode()
    assert again.partition('<svg class="tl-chart"')[2].partition("</svg>")[0] == drawn
    phase = client.get(f"/networks/{ref}/chart?phase=2").content.decode()
    assert phase.partition('<svg class="tl-chart"')[2].partition("</svg>")[0].count("<line ") == 3


def test_what_is_hidden_and_what_is_nowhere_give_the_same_answer(cast: Cast, tmp_path: Path) -> None:
    ref = _load(cast, tmp_path)
    client = visitor("analyst@kent")
    for tail in ("", "/change", "/chart"):
        hidden, nowhere = client.get(f"/networks/{ref}{tail}"), client.get(f"/networks/NW-2222-2222{tail}")
        assert (hidden.status_code, nowhere.status_code) == (404, 404)
        assert words_of(hidden) == words_of(nowhere)
    assert "There is no network that you may know." in words_of(client.get("/networks/"))
    own = visitor("analyst@norf")
    for asked in ("?phase=9", "/chart?phase=9", "/chart?community=99"):
        assert own.get(f"/networks/{ref}{asked}").status_code == 404
    assert visitor("auditor@norf").get(f"/networks/{ref}").status_code == 403
