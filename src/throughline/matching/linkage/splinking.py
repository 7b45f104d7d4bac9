"""The one place that speaks to Splink: which level of each comparison every pair of records reaches.

Splink (R. Linacre et al., International Journal of Population Data Science 7(3), 2022) writes the comparisons of the
model as SQL and runs it on the engine that it is given. Weights are learnt and added up elsewhere, from these levels,
so that one record scored by itself and a whole nation scored at once cannot disagree.
"""

import logging
from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from throughline.matching.linkage.model import Comparison
from throughline.matching.linkage.weighing import Levels


def compare(
    engine: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison], *, people: str, pairs: str
) -> Levels:
    """The levels that the pairs reach, in the order of their ``k``.

    ``people`` names a table of prepared records with their number ``n``; ``pairs`` one of pairs ``l``, ``r`` and ``k``.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection=engine)
    linker = Linker(api.register(people), settings(comparisons), log_level=None, validate_settings=False)
    engine.execute(
        "create or replace temp view blocked_pairs as "  # noqa: S608 our own names
        f"select l as join_key_l, r as join_key_r, k::varchar as match_key from {pairs}"
    )
    linker.table_management.register_blocked_pairs_for_predict(api.register("blocked_pairs"))
    scored = linker.inference.predict()
    wanted = ", ".join(f"mw_{one.name}" for one in comparisons)
    found = engine.execute(
        f"select {wanted} from {scored.physical_name} order by match_key::bigint"  # noqa: S608 our own names
    ).fetchnumpy()
    scored.drop_table_from_database_and_remove_from_cache()
    return {one.name: _levels(found[f"mw_{one.name}"]) for one in comparisons}


def _levels(weights: Any) -> npt.NDArray[np.int8]:
    """Levels from the weights that ``settings`` gives them: 0 for nothing said, 1 for the best."""
    return np.asarray(np.rint(weights) - 1, dtype=np.int8)


def settings(comparisons: Sequence[Comparison]) -> dict[str, Any]:
    """The comparisons as Splink reads them.

    Each level weighs its own number in bits, since weights come back without the values that were compared, and levels
    only with them, which takes longer.
    """
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "n",
        "sql_dialect": "duckdb",
        "probability_two_random_records_match": 0.0001,
        "blocking_rules_to_generate_predictions": ["l.n = r.n"],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "comparisons": [
            {
                "output_column_name": one.name,
                "comparison_levels": [
                    {"sql_condition": one.nothing_said, "label_for_charts": "nothing said", "is_null_level": True},
                    *(
                        {"sql_condition": level.when, "label_for_charts": level.words,
                         "m_probability": 0.5, "u_probability": 0.5 / 2**number}
                        for number, level in enumerate(one.levels, 1)
                    ),
                ],
            }
            for one in comparisons
        ],
    }  # fmt: skip
